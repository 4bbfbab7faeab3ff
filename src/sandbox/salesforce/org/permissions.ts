/**
 * Who may see and change what, computed from permission rows and kept until
 * one of those rows changes.
 */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { OrgUser, Row } from '../org-types.ts';
import type { Schema } from './schema.ts';
import type { Storage } from './storage.ts';

export interface ObjectAccess {
  create: boolean;
  read: boolean;
  edit: boolean;
  delete: boolean;
}
interface Rights {
  readable: Set<string>;
  editable: Set<string>;
  objects: Map<string, ObjectAccess>;
}

const ALL: ObjectAccess = { create: true, read: true, edit: true, delete: true };
const NONE: ObjectAccess = { create: false, read: false, edit: false, delete: false };
const READ: ObjectAccess = { ...NONE, read: true };
const SOURCES = [
  'User',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'FieldPermissions',
  'ObjectPermissions',
];
/**
 * Objects whose use object permissions decide; the others every user may read, and
 * only administrators change.
 */
export const OBJECTS_WITH_PERMISSIONS: ReadonlySet<string> = new Set([
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'Campaign',
  'Pricebook2',
  'Quote',
  'Order',
]);
/**
 * Records that follow their parent: whoever works with opportunities, accounts or
 * campaigns works with them.
 */
const FOLLOWERS = new Set([
  'Task',
  'Event',
  'OpportunityContactRole',
  'Partner',
  'CampaignMember',
  'CampaignMemberStatus',
  'OpportunityTeamMember',
  'EventRelation',
]);

/** What rights are read from. */
interface OrgRows {
  schema: Schema;
  storage: Storage;
  nowMs(): number;
  must(object: string): ObjectDefinition;
  get(object: string, id: unknown): Row | undefined;
}

export class Permissions {
  readonly #org: OrgRows;
  #version = -1;
  #changedMs = 0;
  #users = new Map<string, OrgUser>();
  #byName = new Map<string, OrgUser>();
  #rights = new Map<string, Rights>();
  #visible = new Map<string, FieldDefinition[]>();
  /** The server itself: sees and may do everything. */
  readonly system: OrgUser = {
    id: '',
    username: 'automatedprocess',
    admin: true,
    active: true,
    permissionSetIds: new Set(),
  };

  constructor(org: OrgRows) {
    this.#org = org;
  }

  #fresh(): void {
    const { storage, schema } = this.#org;
    // Every counter only grows, so their sum tells whether any moved.
    let version = schema.version;
    for (const name of SOURCES) version += storage.version(name);
    if (version === this.#version) return;
    this.#version = version;
    this.#changedMs = this.#org.nowMs();
    this.#users.clear();
    this.#byName.clear();
    this.#rights.clear();
    this.#visible.clear();
    for (const row of storage.table(this.#org.must('User')).values()) {
      const user = this.#user(row);
      this.#users.set(user.id, user);
      this.#byName.set(user.username.toLowerCase(), user);
    }
  }

  #user(row: Row): OrgUser {
    const id = String(row['Id']);
    const { storage } = this.#org;
    const sets = [
      ...storage
        .table(this.#org.must('PermissionSet'))
        .lookup('ProfileId', row['ProfileId'] ?? null),
    ]
      .filter((set) => set['ProfileId'] !== null)
      .map((set) => String(set['Id']));
    for (const assignment of storage
      .table(this.#org.must('PermissionSetAssignment'))
      .lookup('AssigneeId', id))
      sets.push(String(assignment['PermissionSetId']));
    const permissionSetIds = new Set(sets);
    const admin = [...permissionSetIds].some(
      (set) => this.#org.get('PermissionSet', set)?.['PermissionsModifyAllData'] === true,
    );
    return {
      id,
      username: String(row['Username']),
      admin,
      active: row['IsActive'] === true,
      permissionSetIds,
    };
  }

  users(): OrgUser[] {
    this.#fresh();
    return [...this.#users.values()];
  }

  user(id: string): OrgUser | undefined {
    this.#fresh();
    return this.#users.get(id);
  }

  userByName(username: string): OrgUser | undefined {
    this.#fresh();
    return this.#byName.get(username.toLowerCase());
  }

  /** When rights last changed, as far as anyone has looked. */
  changedMs(): number {
    this.#fresh();
    return this.#changedMs;
  }

  #rightsOf(user: OrgUser): Rights {
    const known = this.#rights.get(user.id);
    if (known) return known;
    const rights: Rights = { readable: new Set(), editable: new Set(), objects: new Map() };
    const fields = this.#org.storage.table(this.#org.must('FieldPermissions'));
    const objects = this.#org.storage.table(this.#org.must('ObjectPermissions'));
    for (const set of this.#users.get(user.id)?.permissionSetIds ?? user.permissionSetIds) {
      for (const row of fields.lookup('ParentId', set)) {
        if (row['PermissionsRead'] === true) rights.readable.add(String(row['Field']));
        if (row['PermissionsEdit'] === true) rights.editable.add(String(row['Field']));
      }
      for (const row of objects.lookup('ParentId', set)) {
        const had = rights.objects.get(String(row['SobjectType'])) ?? NONE;
        const may = (right: string, before: boolean): boolean =>
          before || row[`Permissions${right}`] === true;
        rights.objects.set(String(row['SobjectType']), {
          create: may('Create', had.create),
          read: may('Read', had.read),
          edit: may('Edit', had.edit),
          delete: may('Delete', had.delete),
        });
      }
    }
    this.#rights.set(user.id, rights);
    return rights;
  }

  access(user: OrgUser, object: ObjectDefinition): ObjectAccess {
    if (user === this.system) return ALL;
    this.#fresh();
    if (user.admin || FOLLOWERS.has(object.name)) return ALL;
    if (object.custom || OBJECTS_WITH_PERMISSIONS.has(object.name))
      return this.#rightsOf(user).objects.get(object.name) ?? NONE;
    return READ;
  }

  /** The same array while nothing changed. */
  visibleFields(user: OrgUser, object: ObjectDefinition): FieldDefinition[] {
    if (user === this.system) return object.fields;
    this.#fresh();
    const key = `${user.id}/${object.name}`;
    let fields = this.#visible.get(key);
    if (!fields) {
      const { readable } = this.#rightsOf(user);
      fields = this.access(user, object).read
        ? object.fields.filter(
            (field) => !field.permissionable || readable.has(`${object.name}.${field.name}`),
          )
        : [];
      this.#visible.set(key, fields);
    }
    return fields;
  }

  canSee(user: OrgUser, object: ObjectDefinition, field: FieldDefinition): boolean {
    if (user === this.system || !field.permissionable) return true;
    this.#fresh();
    return this.#rightsOf(user).readable.has(`${object.name}.${field.name}`);
  }

  canEdit(user: OrgUser, object: ObjectDefinition, field: FieldDefinition): boolean {
    if (user === this.system) return true;
    this.#fresh();
    if (
      field.calculated ||
      !(field.createable || field.updateable) ||
      !this.access(user, object).edit
    )
      return false;
    return (
      !field.permissionable || this.#rightsOf(user).editable.has(`${object.name}.${field.name}`)
    );
  }
}
