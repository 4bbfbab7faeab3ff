import type { FieldSpec } from '../../../src/model/connector.ts';
import { type Check, must, mustEqual, readOne, requestOf, variety } from '../check.ts';
import type { ConformanceWorld } from '../world.ts';

/** Names end as custom fields do in the CRM that insists on an ending; the others don't mind. */
const specsOf = (world: ConformanceWorld): FieldSpec[] => [
  {
    object: world.object,
    name: 'Hw_Test_Score__c',
    label: 'Test score',
    type: 'number',
    precision: 5,
    scale: 1,
    description: 'A number',
  },
  {
    object: world.object,
    name: 'Hw_Test_Words__c',
    label: 'Test words',
    type: 'text',
    length: 120,
    description: 'A text',
  },
  {
    object: world.object,
    name: 'Hw_Test_Reasons__c',
    label: 'Test reasons',
    type: 'longtext',
    length: 4000,
    description: 'A long text',
  },
];

export const PROVISIONING: Check[] = [
  {
    name: 'makes fields: planned without a trace, created, described, written, and never twice',
    features: ['provisioning'],
    async run({ world }) {
      const [id] = await world.create(variety(1));
      const session = await world.open();
      const specs = specsOf(world).map((spec) => ({
        ...spec,
        name: world.fieldName?.(spec.name) ?? spec.name,
      }));
      const names = specs.map((spec) => spec.name);
      const plan = await session.planFields(specs);
      mustEqual(
        plan.map((item) => [item.name, item.action]),
        names.map((name) => [name, 'create']),
        'the plan',
      );
      must(
        (await (await world.open()).describe(world.object))?.fields.every(
          (field) => !names.includes(field.name),
        ) === true,
        'a plan makes nothing',
      );
      const deployed = await session.deployFields(plan);
      mustEqual(
        deployed.map((item) => [item.name, item.error]),
        names.map((name) => [name, null]),
        'the deploy',
      );
      const shape = await session.describe(world.object);
      for (const name of names)
        must(
          shape?.fields.find((field) => field.name === name)?.updateable === true,
          `${name} is described and can be written`,
        );
      mustEqual(
        (await session.planFields(specs)).map((item) => item.action),
        names.map(() => 'none'),
        'the plan afterwards',
      );
      mustEqual(
        (await session.deployFields(plan)).map((item) => item.error),
        names.map(() => null),
        'the old plan, carried out again',
      );
      const values = {
        [names[0]!]: 82.5,
        [names[1]!]: 'fine',
        [names[2]!]: `a\n${'long '.repeat(100)}text`,
      };
      mustEqual(
        (await session.write(world.object, [{ id: id!, fields: values }])).map(
          ({ status }) => status,
        ),
        ['done'],
        'a write to them',
      );
      mustEqual(
        (await readOne(session, requestOf(world, { fields: names }), id!))?.fields,
        values,
        'their values',
      );
      const [conflict] = await session.planFields([{ ...specs[0]!, type: 'text', length: 40 }]);
      mustEqual(conflict?.action, 'conflict', 'the same name with another type');
      const [refused] = await session.deployFields([conflict!]);
      must((refused?.error ?? '') !== '', 'a conflict is not deployed');
    },
  },
];
