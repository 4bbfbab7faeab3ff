import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { audit, field, idField, isDeleted, systemModstamp } from './fields.ts';
import { BUSINESS, READ_ONLY, objectDefinition } from './objects.ts';
import { ACTIVITY_SUBJECT, ACTIVITY_WHAT, TASK_STATUS } from './picklists.ts';

const relations = (children: string): FieldDefinition[] => [
  field('WhoId', 'reference', 'Name ID', undefined, {
    to: ['Contact', 'Lead'],
    relation: 'Who',
    children,
    cascadeDelete: true,
  }),
  field('WhatId', 'reference', 'Related To ID', undefined, {
    to: ACTIVITY_WHAT,
    relation: 'What',
    children,
    cascadeDelete: true,
  }),
  field('Subject', 'combobox(255)', 'Subject', 'ncufs', {
    nameField: true,
    values: ACTIVITY_SUBJECT,
  }),
];
const account = (): FieldDefinition =>
  field('AccountId', 'reference', 'Account ID', 'nfsg', { to: 'Account', relation: 'Account' });
const owner = (queue: string): FieldDefinition =>
  field('OwnerId', 'reference', 'Assigned To ID', 'cufsgd', {
    to: [queue, 'User'],
    relation: 'Owner',
  });
const reminder = (): FieldDefinition[] => [
  field('ReminderDateTime', 'datetime', 'Reminder Date/Time', 'ncufs'),
  field('IsReminderSet', 'boolean', 'Reminder Set', 'cufsgd'),
];

const RECURRENCE_TYPE = [
  'RecursDaily=Recurs Daily',
  'RecursEveryWeekday=Recurs Every Weekday',
  'RecursMonthly=Recurs Monthly',
  'RecursMonthlyNth=Recurs Monthly Nth',
  'RecursWeekly=Recurs Weekly',
  'RecursYearly=Recurs Yearly',
  'RecursYearlyNth=Recurs Yearly Nth',
];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** How an activity repeats; `start` is a date-time for events and a date for tasks. */
function recurrence(object: string, label: string, start: FieldDefinition): FieldDefinition[] {
  const choice = (name: string, text: string, values: string[]): FieldDefinition =>
    field(name, 'picklist(40)', text, 'ncufsg', { restrictedPicklist: true, values });
  return [
    field('RecurrenceActivityId', 'reference', 'Recurrence Activity ID', 'nfsg', {
      to: object,
      children: `Recurring${object}s`,
    }),
    field('IsRecurrence', 'boolean', label, 'cfsgd'),
    start,
    field('RecurrenceEndDateOnly', 'date', 'Recurrence End', 'ncufsg'),
    choice('RecurrenceTimeZoneSidKey', 'Recurrence Time Zone', [
      'GMT',
      'Europe/London',
      'Europe/Berlin',
      'America/New_York',
      'America/Los_Angeles',
      'Asia/Tokyo',
    ]),
    choice('RecurrenceType', 'Recurrence Type', RECURRENCE_TYPE),
    field('RecurrenceInterval', 'int(9)', 'Recurrence Interval', 'ncufsg'),
    field('RecurrenceDayOfWeekMask', 'int(9)', 'Recurrence Day of Week Mask', 'ncufsg'),
    field('RecurrenceDayOfMonth', 'int(9)', 'Recurrence Day of Month', 'ncufsg'),
    choice('RecurrenceInstance', 'Recurrence Instance', [
      'First=1st',
      'Second=2nd',
      'Third=3rd',
      'Fourth=4th',
      'Last=last',
    ]),
    choice('RecurrenceMonthOfYear', 'Recurrence Month of Year', MONTHS),
  ];
}

export const task = (): ObjectDefinition =>
  objectDefinition('Task', '00T', 'Task', 'Tasks', BUSINESS, [
    idField('Activity ID'),
    ...relations('Tasks'),
    field('ActivityDate', 'date', 'Due Date Only', 'ncufsg'),
    field('Status', 'picklist(255)', 'Status', 'cufsgd', {
      values: TASK_STATUS.map(([name], index) => (index === 0 ? `${name}*` : name)),
      defaultValue: 'Not Started',
    }),
    field('Priority', 'picklist(255)', 'Priority', 'cufsgd', {
      values: ['High', 'Normal*', 'Low'],
      defaultValue: 'Normal',
    }),
    field('IsHighPriority', 'boolean', 'High Priority', 'fsgd'),
    owner('Group'),
    field('Description', 'textarea(32000)', 'Description'),
    isDeleted(),
    account(),
    field('IsClosed', 'boolean', 'Closed', 'fsgd'),
    ...audit(),
    field('IsArchived', 'boolean', 'Archived', 'fsgd'),
    field('CallDurationInSeconds', 'int(8)', 'Call Duration'),
    field('CallType', 'picklist(40)', 'Call Type', undefined, {
      restrictedPicklist: true,
      values: ['Internal', 'Inbound', 'Outbound'],
    }),
    field('CallDisposition', 'string(255)', 'Call Result'),
    field('CallObject', 'string(255)', 'Call Object Identifier'),
    ...reminder(),
    ...recurrence(
      'Task',
      'Create Recurring Series of Tasks',
      field('RecurrenceStartDateOnly', 'date', 'Recurrence Start', 'ncufsg'),
    ),
    field('RecurrenceRegeneratedType', 'picklist(40)', 'Repeat This Task', 'ncufsg', {
      restrictedPicklist: true,
      values: [
        'RecurrenceRegenerateAfterDueDate=After due date',
        'RecurrenceRegenerateAfterToday=After date completed',
        'RecurrenceRegenerated=(Task Closed)',
      ],
    }),
    field('TaskSubtype', 'picklist(40)', 'Task Subtype', 'ncfsgd', {
      restrictedPicklist: true,
      values: ['Task*', 'Email', 'ListEmail=List Email', 'Cadence', 'Call', 'LinkedIn'],
      defaultValue: 'Task',
    }),
    field('CompletedDateTime', 'datetime', 'Completed Date/Time', 'nfs'),
  ]);

export const event = (): ObjectDefinition =>
  objectDefinition('Event', '00U', 'Event', 'Events', BUSINESS, [
    idField('Activity ID'),
    ...relations('Events'),
    field('Location', 'string(255)', 'Location'),
    field('IsAllDayEvent', 'boolean', 'All-Day Event'),
    field('ActivityDateTime', 'datetime', 'Due Date Time', 'ncufs'),
    field('ActivityDate', 'date', 'Due Date Only', 'ncufsg'),
    field('DurationInMinutes', 'int(8)', 'Duration', 'ncufsg'),
    field('StartDateTime', 'datetime', 'Start Date Time', 'ncufs'),
    field('EndDateTime', 'datetime', 'End Date Time', 'ncufs'),
    field('EndDate', 'date', 'End Date', 'nfsg'),
    field('Description', 'textarea(32000)', 'Description'),
    account(),
    owner('Calendar'),
    field('IsPrivate', 'boolean', 'Private', 'cufsgd'),
    field('ShowAs', 'picklist(40)', 'Show Time As', 'ncufsgd', {
      restrictedPicklist: true,
      values: ['Busy*', 'OutOfOffice=Out of Office', 'Free'],
      defaultValue: 'Busy',
    }),
    isDeleted(),
    field('IsChild', 'boolean', 'Is Child', 'fsgd'),
    field('IsGroupEvent', 'boolean', 'Is Group Event', 'fsgd'),
    field('GroupEventType', 'picklist(40)', 'Group Event Type', 'nfsgd', {
      restrictedPicklist: true,
      values: [
        '0=Non-group Event*',
        '1=Group Event',
        '2=Proposed Event',
        '3=IsRecurrence2 Series Pattern',
      ],
      defaultValue: '0',
    }),
    ...audit(),
    field('IsArchived', 'boolean', 'Archived', 'fsgd'),
    ...recurrence(
      'Event',
      'Create Recurring Series of Events',
      field('RecurrenceStartDateTime', 'datetime', 'Recurrence Start', 'ncufs'),
    ),
    ...reminder(),
    field('EventSubtype', 'picklist(40)', 'Event Subtype', 'ncfsg', {
      restrictedPicklist: true,
      values: ['Event'],
    }),
    field(
      'IsRecurrence2Exclusion',
      'boolean',
      'Historical Event, Not Following Recurrence',
      'fsgd',
    ),
    field('Recurrence2PatternText', 'textarea(512)', 'Recurrence Pattern', 'nc'),
    field('Recurrence2PatternVersion', 'picklist(40)', 'Pattern Version', 'nfsg', {
      restrictedPicklist: true,
      values: ['1=RFC 5545 v4 RRULE', '2=RFC 5545 v4_2 RRULE'],
    }),
    field('IsRecurrence2', 'boolean', 'Repeat', 'fsgd'),
    field('IsRecurrence2Exception', 'boolean', 'Is Exception', 'fsgd'),
    field('Recurrence2PatternStartDate', 'datetime', 'Recurrence Pattern Start Date', 'nfs'),
    field(
      'Recurrence2PatternTimeZone',
      'string(255)',
      'Recurrence Pattern Time Zone Reference',
      'nfsg',
    ),
  ]);

export const taskStatus = (): ObjectDefinition =>
  objectDefinition(
    'TaskStatus',
    '01T',
    'Task Status Value',
    'Task Status Value',
    { ...READ_ONLY, replicateable: false },
    [
      idField('Task Status Value ID'),
      field('MasterLabel', 'string(255)', 'Master Label', 'nfsg', { nameField: true }),
      field('ApiName', 'string(765)', 'API Name', 'fsg'),
      field('SortOrder', 'int(9)', 'Sort Order', 'nfsg'),
      field('IsDefault', 'boolean', 'Is Default', 'fsgd'),
      field('IsClosed', 'boolean', 'Closed', 'fsgd'),
      ...audit().filter((item) => item.name !== 'SystemModstamp'),
      systemModstamp(),
    ],
  );
