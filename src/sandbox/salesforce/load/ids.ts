/** Which Salesforce record stands for which thing of the world. */
import type { OrgUser } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';

export class WorldIds {
  readonly #records = new Map<string, string>();
  readonly #users = new Map<string, OrgUser>();
  readonly #org: SandboxOrg;
  readonly permissionSetId: string;

  constructor(org: SandboxOrg, permissionSetId: string) {
    this.#org = org;
    this.permissionSetId = permissionSetId;
  }

  remember(worldId: string, recordId: string): void {
    this.#records.set(worldId, recordId);
  }

  rememberUser(worldId: string, user: OrgUser): void {
    this.#records.set(worldId, user.id);
    this.#users.set(worldId, user);
  }

  /** The record of a thing that must have been loaded before. Throws when it was not. */
  of(worldId: string): string {
    const id = this.#records.get(worldId);
    if (id === undefined) throw new Error(`the world names ${worldId} before it exists`);
    return id;
  }

  orNull(worldId: string | null): string | null {
    return worldId === null ? null : this.of(worldId);
  }

  /** The record if it is known. */
  find(worldId: string): string | undefined {
    return this.#records.get(worldId);
  }

  user(worldId: string): OrgUser {
    const user = this.#users.get(worldId);
    if (!user) throw new Error(`the world has no user ${worldId}`);
    return user;
  }

  /** Who a record belongs to, as who acts on it; the administrator where it belongs to nobody. */
  ownerOf(recordId: string): OrgUser {
    const ownerId = this.#org.find(recordId, true)?.row['OwnerId'];
    return (typeof ownerId === 'string' ? this.#org.user(ownerId) : undefined) ?? this.#org.admin;
  }
}
