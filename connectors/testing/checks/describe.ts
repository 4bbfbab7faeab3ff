import { type Check, failure, must, mustEqual, readOne, requestOf, variety } from '../check.ts';

export const DESCRIBE: Check[] = [
  {
    name: 'describes an object, its fields and its stamp',
    async run({ world }) {
      const session = await world.open();
      const shape = await session.describe(world.object);
      if (shape === null) return must(false, `${world.object} is described`);
      const names = shape.fields.map((field) => field.name);
      mustEqual(new Set(names).size, names.length, 'field names are told apart');
      for (const name of Object.values(world.fields))
        must(names.includes(name), `${name} is among the fields`);
      must(
        shape.stampField !== null && names.includes(shape.stampField),
        `the stamp field ${shape.stampField} is among the fields`,
      );
      for (const name of Object.values(world.writable))
        must(
          shape.fields.find((field) => field.name === name)?.updateable === true,
          `${name} is updateable`,
        );
      must(
        (await session.listObjects()).some((object) => object.name === world.object),
        'it is in the list of objects',
      );
    },
  },
  {
    name: 'knows the types of fields',
    async run({ world }) {
      await world.create(variety(6));
      const shape = await (await world.open()).describe(world.object);
      const typeOf = (name: string): string =>
        shape?.fields.find((field) => field.name === name)?.type ?? 'none';
      must(
        ['number', 'money', 'percent'].includes(typeOf(world.fields.number)),
        `number is a number, not ${typeOf(world.fields.number)}`,
      );
      mustEqual(
        [
          typeOf(world.fields.boolean),
          typeOf(world.fields.date),
          typeOf(world.fields.instant),
          typeOf(world.fields.text),
        ],
        ['boolean', 'date', 'datetime', 'text'],
        'types',
      );
    },
  },
  {
    name: 'answers null for an object that is not there, and fails to read it as config',
    async run({ world }) {
      const session = await world.open();
      mustEqual(await session.describe('NoSuchObject'), null, 'the description of no object');
      mustEqual(
        await session.describe('../etc/passwd?x=1'),
        null,
        'the description of a hostile name',
      );
      await failure(
        async () => await session.read(requestOf(world, { object: 'NoSuchObject' }), null),
        'reading no object',
        ['config'],
      );
      await failure(
        async () => await session.count(requestOf(world, { object: 'NoSuchObject' })),
        'counting no object',
        ['config'],
      );
    },
  },
  {
    name: 'refuses a field that is not there instead of reading it as empty',
    async run({ world }) {
      await world.create(variety(1));
      const session = await world.open();
      await failure(
        async () => await session.read(requestOf(world, { fields: ['No_Such_Field'] }), null),
        'reading no field',
        ['config'],
      );
      await failure(
        async () =>
          await session.read(
            requestOf(world, { where: [{ field: 'No_Such_Field', op: 'notNull' }] }),
            null,
          ),
        'filtering by no field',
        ['config'],
      );
    },
  },
  {
    name: 'shows a new field to a new session, and reads it',
    abilities: ['addField'],
    async run({ world }) {
      const [id] = await world.create(variety(1));
      await world.open().then((session) => session.describe(world.object));
      const name = await world.addField!();
      const session = await world.open();
      must(
        (await session.describe(world.object))?.fields.some((field) => field.name === name) ===
          true,
        'the new field is described',
      );
      mustEqual(
        (await readOne(session, requestOf(world, { fields: [name] }), id!))?.fields,
        { [name]: null },
        'the new field of an old row',
      );
    },
  },
  {
    name: 'notices within a session that a field is gone',
    abilities: ['addField', 'removeField'],
    async run({ world }) {
      await world.create(variety(2));
      const name = await world.addField!();
      const session = await world.open();
      await session.read(requestOf(world, { fields: [name] }), null);
      await world.removeField!(name);
      await failure(
        async () => await session.read(requestOf(world, { fields: [name] }), null),
        'reading a removed field',
        ['config'],
      );
      must(
        (await (await world.open()).describe(world.object))?.fields.some(
          (field) => field.name === name,
        ) === false,
        'a new session does not describe it',
      );
    },
  },
  {
    name: 'takes a hidden field for none: not described, not read as empty, not written',
    abilities: ['addField', 'hideField'],
    async run({ world }) {
      const [id] = await world.create(variety(1));
      const name = await world.addField!();
      await world.hideField!(name);
      const session = await world.open();
      must(
        (await session.describe(world.object))?.fields.some((field) => field.name === name) ===
          false,
        'it is not described',
      );
      await failure(
        async () => await session.read(requestOf(world, { fields: [name] }), null),
        'reading a hidden field',
        ['config'],
      );
      const refused = await session
        .write(world.object, [{ id: id!, fields: { [name]: 'x' } }])
        .then(
          (outcomes) => outcomes[0]?.status === 'rejected',
          (error: unknown) => error instanceof Error && error.name === 'HeadwaterError',
        );
      must(refused, 'a write to it is refused');
    },
  },
];
