import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { missingModelTexts } from '../../src/drift/missing-models.js';
import { catalogOf, findingsOf, readText, relation } from './support.js';

const typescript = createRequire(import.meta.url)(
  '@typescript/typescript6',
) as typeof import('@typescript/typescript6');

const key = { primaryKey: { name: 'pk', columns: ['id'] } };
const catalog = catalogOf(
  relation('users', { id: 'int8!', full_name: 'text!' }, key),
  relation(
    'order_items',
    { id: "int8! = nextval('s')", type: 'text', paid_at: 'timestamptz', tags: 'text[]!', shape: 'box!' },
    key,
  ),
);

const missing = async (file: string, text: string) => {
  const { missing: models, findings } = await findingsOf(
    catalog,
    text,
    { computed: [{ table: 'order_items', field: 'age' }] },
    file,
  );
  return missingModelTexts({ missing: models, findings });
};

const given = {
  sqlx: '#[derive(Debug, sqlx::FromRow)] pub struct User { pub id: i64, pub full_name: String }',
  diesel:
    '#[derive(Queryable, Selectable)] #[diesel(table_name = crate::schema::users)] pub struct User { pub id: i64, pub full_name: String }',
  seaOrm:
    '#[derive(Clone, DeriveEntityModel)] #[sea_orm(table_name = "users")] pub struct Model { #[sea_orm(primary_key)] pub id: i64, pub full_name: String }',
  kysely: 'interface DB { users: User } interface User { id: string; fullName: string }',
  typeorm:
    "@Entity('users') export class User { @PrimaryGeneratedColumn({ type: 'bigint' }) id!: string; @Column({ name: 'full_name' }) fullName!: string }",
  drizzle:
    "export const users = pgTable('users', { id: bigint({ mode: 'bigint' }).primaryKey(), fullName: text().notNull() });",
  prisma: 'model User {\n  id BigInt @id\n  fullName String @map("full_name")\n  @@map("users")\n}',
};

test.each([
  [
    'sqlx',
    'm.rs',
    [
      '#[derive(Debug, sqlx::FromRow)]',
      'pub struct OrderItem {',
      'pub id: i64,',
      'pub r#type: Option<String>,',
      'pub paid_at: Option<DateTime<Utc>>,',
      'pub tags: Vec<String>,',
      '// age is computed',
    ],
  ],
  [
    'diesel',
    'm.rs',
    ['#[diesel(table_name = crate::schema::order_items)]', 'pub struct OrderItem {', 'pub type_: Option<String>,'],
  ],
  [
    'seaOrm',
    'm.rs',
    [
      '#[sea_orm(table_name = "order_items")]',
      'pub struct Model {',
      '#[sea_orm(primary_key)]',
      'pub enum Relation {}',
      'impl ActiveModelBehavior for ActiveModel {}',
    ],
  ],
  ['kysely', 'm.ts', ['export interface OrderItem {', 'id: string;', 'paidAt: Date | null;', 'tags: string[];']],
  [
    'typeorm',
    'm.ts',
    [
      "@Entity('order_items')\nexport class OrderItem {",
      "  @PrimaryGeneratedColumn({ type: 'bigint' })\n  id!: string;",
      "  @Column({ type: 'text', nullable: true })\n  type!: string | null;",
      "  @Column({ name: 'paid_at', type: 'timestamp with time zone', nullable: true })\n  paidAt!: Date | null;",
      "  @Column({ type: 'text', array: true })\n  tags!: string[];",
      '// age is computed',
    ],
  ],
  [
    'drizzle',
    'm.ts',
    [
      'export const orderItems = pgTable("order_items", {',
      ".primaryKey().default(sql`nextval('s')`),",
      "paidAt: timestamp('paid_at', { withTimezone: true }),",
      'tags: text().array().notNull(),',
    ],
  ],
  [
    'prisma',
    'm.prisma',
    [
      'model OrderItem {',
      'id BigInt @id @default(autoincrement())',
      'paidAt DateTime? @db.Timestamptz @map("paid_at")',
      'tags String[]',
      '@@map("order_items")',
    ],
  ],
] as const)('a table without a model gets one in the style of %s', async (library, file, wanted) => {
  const [model, ...others] = await missing(file, given[library]);
  expect(others).toEqual([]);
  for (const text of wanted) expect(model?.text).toContain(text);
});

test.each(['sqlx', 'kysely', 'typeorm', 'drizzle', 'prisma'] as const)(
  'what is written for %s is read again, and is clean',
  async (library) => {
    const file = { sqlx: 'm.rs', kysely: 'm.ts', typeorm: 'm.ts', drizzle: 'm.ts', prisma: 'm.prisma' }[library];
    const [model] = await missing(file, given[library]);
    const listed =
      library === 'kysely'
        ? 'interface DB { users: User; order_items: OrderItem } interface User { id: string; fullName: string }'
        : given[library];
    const { findings } = await findingsOf(catalog, `${listed}\n${model?.text}`, {}, file);
    expect(findings.filter(({ severity }) => severity === 'error').map(({ id }) => id)).toEqual(
      // A box is of no type in these.
      findings.flatMap(({ id }) => (id === 'missing-field/order_items/shape' ? [id] : [])),
    );
    expect((await readText(model?.text ?? '', file)).unread).toEqual([]);
  },
);

test.each(['kysely', 'typeorm', 'drizzle'] as const)('what is written for %s is valid TypeScript', async (library) => {
  const [model] = await missing('m.ts', given[library]);
  const { diagnostics } = typescript.transpileModule(model?.text ?? '', { reportDiagnostics: true });
  expect(diagnostics).toEqual([]);
});

test('views get none, and neither does a schema without models', async () => {
  expect(await missing('m.rs', 'fn main() {}')).toEqual([]);
});

test('a model of Prisma is called like its table, where others are', async () => {
  const [model] = await missing('m.prisma', 'model users {\n  id BigInt @id\n  full_name String\n}');
  expect(model?.text).toContain('model order_items {');
  expect(model?.text).not.toContain('@@map');
});

test("an entity of SeaORM has the types of SeaORM's prelude, in which `DateTime` has no zone", async () => {
  const entity = '#[derive(DeriveEntityModel)] #[sea_orm(table_name = "users")] pub struct Model { pub id: i64 }';
  const [model] = await missing('users.rs', entity);
  expect(model?.text).toContain('pub paid_at: Option<DateTimeWithTimeZone>,');
});
