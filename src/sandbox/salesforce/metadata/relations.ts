/**
 * Who and what an activity is with. Events always have these rows; tasks
 * only with shared activities.
 */
import type { ObjectDefinition } from './definition.ts';
import { audit, field, idField, isDeleted } from './fields.ts';
import { JUNCTION, objectDefinition } from './objects.ts';

const ABILITIES = { ...JUNCTION, layoutable: false, triggerable: false };
const account = () =>
  field('AccountId', 'reference', 'Account ID', 'nfsg', { to: 'Account', relation: 'Account' });

export const taskRelation = (): ObjectDefinition =>
  objectDefinition('TaskRelation', '0RT', 'Task Relation', 'Task Relations', ABILITIES, [
    idField('Task Relation ID'),
    field('RelationId', 'reference', 'Relation ID', 'cfsg', {
      to: ['Account', 'Campaign', 'Contact', 'Lead', 'Opportunity'],
      relation: 'Relation',
    }),
    field('TaskId', 'reference', 'Task ID', 'cfsg', {
      to: 'Task',
      relation: 'Task',
      children: 'TaskRelations',
      cascadeDelete: true,
    }),
    field('IsWhat', 'boolean', 'Is What', 'fsgd'),
    account(),
    ...audit(),
    isDeleted(),
  ]);

export const eventRelation = (): ObjectDefinition =>
  objectDefinition('EventRelation', '0RE', 'Event Relation', 'Event Relations', ABILITIES, [
    idField('Event Relation ID'),
    field('RelationId', 'reference', 'Relation ID', 'cfsg', {
      to: ['Account', 'Campaign', 'Contact', 'Lead', 'Opportunity', 'User'],
      relation: 'Relation',
    }),
    field('EventId', 'reference', 'Event ID', 'cfsg', {
      to: 'Event',
      relation: 'Event',
      children: 'EventRelations',
      cascadeDelete: true,
    }),
    field('Status', 'picklist(40)', 'Response', 'nufsg', {
      restrictedPicklist: true,
      values: ['New', 'Accepted', 'Declined', 'Maybe', 'Uninvited'],
    }),
    field('RespondedDate', 'datetime', 'Response Date', 'nufs'),
    field('Response', 'string(255)', 'Response Comment', 'nufsg'),
    field('IsParent', 'boolean', 'Is Parent', 'cfsgd'),
    field('IsWhat', 'boolean', 'Is What', 'fsgd'),
    field('IsInvitee', 'boolean', 'Is Invitee', 'cfsgd'),
    account(),
    ...audit(),
    isDeleted(),
  ]);
