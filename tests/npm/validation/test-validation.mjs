// joi, zod and ajv: values, messages and paths of what they find.
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import standalone from 'ajv/dist/standalone/index.js';
import Joi from 'joi';
import { z } from 'zod';

const values = [
  { name: 'ann', age: 30, email: 'ann@example.org', tags: ['a', 'b'], when: '2024-02-29T10:00:00Z', kind: 'user' },
  { name: 'a', age: -1.5, email: 'ann', tags: ['a', 'a', 3], when: 'yesterday', kind: 'robot', extra: 1 },
  { name: 'Zoë', age: '41', email: 'zoë@exämple.org', tags: [], kind: 'admin' },
  null,
  [],
];

const joi = Joi.object({
  name: Joi.string().min(2).max(20).required(),
  age: Joi.number().integer().min(0).required(),
  email: Joi.string().email({ tlds: { allow: false } }),
  tags: Joi.array().items(Joi.string()).unique(),
  when: Joi.date().iso().when('kind', { is: 'user', then: Joi.required() }),
  kind: Joi.valid('user', 'admin'),
  alias: Joi.string().pattern(/^[\p{L}]+$/u, 'letters').default((parent) => parent.name),
}).with('tags', 'name');
for (const value of values) {
  const { error, value: out } = joi.validate(value, { abortEarly: false });
  console.log('joi', error ? error.details.map((d) => [d.type, d.path.join('.'), d.message]) : out);
}
console.log(joi.describe().keys.age);
await joi.validateAsync({}).catch((error) => console.log(error.name, error.message, Joi.isError(error)));
console.log(Joi.attempt('3', Joi.number()), Joi.string().isoDate().validate('2024-13-01').error.message);
console.log(Joi.alternatives(Joi.number(), Joi.boolean()).validate('x').error.message);

const Schema = z.object({
  name: z.string().min(2),
  age: z.coerce.number().int().nonnegative(),
  email: z.email(),
  tags: z.array(z.string()).max(2),
  when: z.iso.datetime().optional(),
  kind: z.enum(['user', 'admin']),
}).strict();
for (const value of values) {
  const { success, data, error } = Schema.safeParse(value);
  console.log('zod', success ? data : error.issues.map((i) => [i.code, i.path.join('.'), i.message]));
}
const Shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('circle'), r: z.number().positive() }),
  z.object({ type: z.literal('box'), sides: z.tuple([z.number(), z.number()]) }),
]);
console.log(Shape.parse({ type: 'box', sides: [1, 2] }), Shape.safeParse({ type: 'line' }).error.message);
console.log(await z.string().transform(async (s) => s.length).refine((n) => n > 2, 'too short').safeParseAsync('ab').then((r) => z.prettifyError(r.error)));
const Tree = z.object({ value: z.number(), get children() { return z.array(Tree); } });
console.log(Tree.parse({ value: 1, children: [{ value: 2, children: [] }] }));
console.log(JSON.stringify(z.toJSONSchema(Schema)));
try {
  z.bigint().gt(3n).parse(2n);
} catch (error) {
  console.log(error.name, error.message);
}

const ajv = addFormats(new Ajv({ allErrors: true, coerceTypes: true, useDefaults: true, verbose: false, code: { source: true } }));
const schema = {
  $id: 'https://example.org/person',
  type: 'object',
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 20 },
    age: { type: 'integer', minimum: 0 },
    email: { type: 'string', format: 'email' },
    tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
    when: { type: 'string', format: 'date-time' },
    kind: { enum: ['user', 'admin'], default: 'user' },
    parent: { $ref: '#' },
  },
  required: ['name', 'age'],
  additionalProperties: false,
  if: { properties: { kind: { const: 'user' } } },
  then: { required: ['when'] },
};
const validate = ajv.compile(schema);
for (const value of structuredClone(values)) {
  console.log('ajv', validate(value), ajv.errorsText(validate.errors), value);
}
console.log(validate({ name: 'xx', age: 1, when: '2024-01-01T00:00:00Z', parent: { name: 'y', age: 1, kind: 'admin' } }), validate.errors);
ajv.addKeyword({ keyword: 'even', type: 'number', validate: (wanted, n) => (n % 2 === 0) === wanted, errors: false });
console.log(ajv.validate({ type: 'number', even: true }, 3), ajv.errors[0].message, ajv.validate({ even: true }, 4));
try {
  ajv.compile({ type: 'strange' });
} catch (error) {
  console.log(error.message.slice(0, 60));
}
console.log(standalone.default(ajv, validate).length);
const late = new Ajv2020({ strict: false });
const tuple = late.compile({ $defs: { n: { $dynamicAnchor: 'n', type: 'number' } }, prefixItems: [{ $dynamicRef: '#n' }], unevaluatedItems: false });
console.log(tuple([1]), tuple([1, 2]), tuple.errors);
