/** Something that a person is to do, as a task of the CRM's own. */
export interface CrmTask {
  /** In one line; longer ones are cut at what the CRM holds. */
  subject: string;
  body: string;
  about: { object: string; id: string } | null;
  /** A user of the CRM; null = whoever is the CRM's own default. */
  ownerId: string | null;
  /** `YYYY-MM-DD` */
  dueOn: string;
}

/** How a CRM keeps tasks. */
export interface CrmTasks {
  /** The object, and the field that says whether a task is done, by which one is taken back. */
  object: string;
  field: string;
  /** What the field holds of a new task, and of one that nobody has to do any more. */
  open: string;
  closed: string;
  /**
   * Makes a task, or finds the one that was made since `sinceMs` with the same words about the same
   * record: an answer that was lost makes no second one. Gives its id.
   */
  create(task: CrmTask, sinceMs: number): Promise<string>;
}
