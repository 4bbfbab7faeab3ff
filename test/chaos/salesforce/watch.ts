import type { SandboxOrg } from '../../../src/sandbox/salesforce/org.ts';
import type { Row } from '../../../src/sandbox/salesforce/org-types.ts';
import { Watch } from '../watch.ts';
import { WRITTEN } from './mapping.ts';
import { OBJECTS } from './rows.ts';

const stampOf = (row: Row): number => Number(row['SystemModstamp'] ?? row['CreatedDate'] ?? 0);

export class OrgWatch extends Watch {
  /** The org as the engine's API calls reach it. */
  readonly org: SandboxOrg;
  readonly #inner: SandboxOrg;
  readonly #nowMs: () => number;

  constructor(org: SandboxOrg, engineId: string, nowMs: () => number) {
    super(WRITTEN);
    this.#inner = org;
    this.#nowMs = nowMs;
    this.org = {
      ...org,
      update: (user, object, id, fields, options) => {
        if (user.id !== engineId) return org.update(user, object, id, fields, options);
        const before: Row = { ...org.find(id, true)?.row };
        const result = org.update(user, object, id, fields, options);
        if (result.ok)
          this.judge(
            object,
            result.id,
            Object.keys(fields).filter((name) => name !== 'id' && name !== 'attributes'),
            before,
            org.find(result.id, true)?.row ?? {},
          );
        return result;
      },
    };
  }

  /** Notes rows whose version changed since the last look. Called after every change. */
  observe(): void {
    const nowMs = this.#nowMs();
    for (const object of OBJECTS)
      for (const row of this.#inner.table(object).values())
        this.see(`${object}/${String(row['Id'])}`, stampOf(row), row['IsDeleted'] === true, nowMs);
  }

  /**
   * Some row would get an older stamp than it has: in the CRM its lock
   * would have kept the two apart.
   */
  wentBack(): boolean {
    return OBJECTS.some((object) =>
      [...this.#inner.table(object).values()].some(
        (row) => stampOf(row) < (this.versions.get(`${object}/${String(row['Id'])}`)?.stampMs ?? 0),
      ),
    );
  }
}
