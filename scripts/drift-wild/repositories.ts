/** A public repository, and the errors of its models as somebody judged them who read the code and the schema first. */
export interface Wild {
  readonly name: string;
  readonly commit: string;
  readonly library: string;
  /** Its schema, relative to the checkout. */
  readonly source: readonly string[];
  readonly models: readonly string[];
  /** What has to be put into the checkout before: of a project whose migrations are programs, what they make. */
  readonly before?: string;
  /** Ids of the errors that are right. Every other error is false. */
  readonly right: readonly string[];
  /** Ids of errors that say what is so, and what nobody can use. */
  readonly useless?: readonly string[];
}

const dumped =
  'schema.sql: the schema that its own migrations make in a new database, as `pg_dump --schema-only` prints it';

export const repositories: readonly Wild[] = [
  {
    name: 'launchbadge/realworld-axum-sqlx',
    commit: 'f1b25654773228297e35c292f357d33b7121a101',
    library: 'sqlx',
    source: ['migrations'],
    models: ['src/**/*.rs'],
    right: [],
  },
  {
    name: 'LukeMathWalker/zero-to-production',
    commit: '970987c5f793af6fc8e557731c9bbb23b620451e',
    library: 'sqlx',
    source: ['migrations'],
    models: ['src/**/*.rs'],
    right: [],
  },
  {
    name: 'TatriX/realworld-rust-rocket',
    commit: '3e33934a0700e743cdc0348fbcecf69c08dc986c',
    library: 'Diesel',
    source: ['migrations'],
    models: ['src/**/*.rs'],
    right: [],
  },
  {
    name: 'snamiki1212/realworld-v1-rust-actix-web-diesel',
    commit: '1b844c094208be54008cd993ef51d87b808eea24',
    library: 'Diesel',
    source: ['migrations'],
    models: ['src/**/*.rs'],
    right: [],
  },
  {
    name: 'xjr1300/actixweb-seaorm-example',
    commit: '739f80575e4c7af6a513cbee37b128ff2a5825b7',
    library: 'SeaORM',
    source: ['migrations'],
    models: ['infra/**/*.rs'],
    right: [],
  },
  {
    name: 'AxumCourse/axum-with-seaorm',
    commit: '9c2a181304cf2a178de932e7bf662e9e83ce6f30',
    library: 'SeaORM',
    source: ['app.sql'],
    models: ['src/**/*.rs'],
    right: [],
  },
  {
    name: 'bluesky-social/atproto',
    commit: 'd6296a1cfdb40a773319cb59061300e4e8e52f26',
    library: 'Kysely',
    source: ['packages/bsky/schema.sql'],
    models: ['packages/bsky/src/data-plane/server/db/tables/*.ts', 'packages/bsky/src/data-plane/server/db/*.ts'],
    before: `packages/bsky/${dumped}`,
    right: [
      'type-mismatch/algo_whats_hot_view/score/score',
      'nullability-mismatch/feed_generator/displayName/displayName',
      'type-mismatch/post_embed_gallery_image/position/position',
      'type-mismatch/post_embed_image/position/position',
      'nullability-mismatch/starter_pack/name/name',
      'nullability-mismatch/view_param/value/value',
    ],
  },
  {
    name: 'gskril/farcaster-indexer',
    commit: '62a16af725b172c6cd20f7c0047819127bf5bbf8',
    library: 'Kysely',
    source: ['schema.sql'],
    models: ['src/**/*.ts'],
    before: dumped,
    right: [
      'type-mismatch/casts/fid/fid',
      'type-mismatch/casts/parent_fid/parentFid',
      'extra-field/fids/chainEventId',
      'type-mismatch/fids/fid/fid',
      'type-mismatch/fnames/fid/fid',
      'type-mismatch/links/fid/fid',
      'type-mismatch/links/target_fid/targetFid',
      'type-mismatch/messages/fid/fid',
      'type-mismatch/reactions/fid/fid',
      'type-mismatch/reactions/target_cast_fid/targetCastFid',
      'type-mismatch/user_data/fid/fid',
      'type-mismatch/verifications/fid/fid',
      'unmapped-model/ChainEventRow',
      'unmapped-model/SignerRow',
      'unmapped-model/StorageAllocationRow',
      'unmapped-model/UsernameProofRow',
    ],
  },
  {
    name: 'PayString/paystring',
    commit: '5fb44206891c005ab7114ecf937e7ced7cc1162b',
    library: 'Knex',
    source: ['src/db/extensions', 'src/db/functions', 'src/db/schema', 'src/db/triggers', 'src/db/migrations'],
    models: ['src/**/*.ts'],
    right: [],
  },
  {
    name: 'Folkwise-io/MintbeanplatformV3-backend',
    commit: '65c755b26b184a35483785b32053ba2b0bab1c88',
    library: 'Knex',
    source: ['schema.sql'],
    models: ['src/types/!(gql*).ts', 'src/dao/*.ts'],
    before: dumped,
    right: [
      'type-mismatch/meetRegistrations/createdAt/createdAt',
      'type-mismatch/meetRegistrations/updatedAt/updatedAt',
      'type-mismatch/users/createdAt/createdAt',
      'type-mismatch/users/updatedAt/updatedAt',
      'type-mismatch/projectMediaAssets/createdAt/createdAt',
      'type-mismatch/projectMediaAssets/updatedAt/updatedAt',
      'type-mismatch/badgesProjects/createdAt/createdAt',
      'type-mismatch/badgesProjects/updatedAt/updatedAt',
      'extra-field/meets/longDescription',
    ],
  },
  {
    name: 'bcgov/nr-ticdi',
    commit: '6def502f2905d06d7582068114f1b24b38e891d7',
    library: 'TypeORM',
    source: ['before.sql', 'migrations/sql'],
    models: ['backend/src/**/entities/*.ts'],
    before: 'before.sql: CREATE SCHEMA "USERS"; CREATE ROLE "nr-ticdi"; which the migrations suppose',
    right: ['nullability-mismatch/provision/list_items/list_items', 'unmapped-model/DocumentDataView'],
  },
  {
    name: '0xProject/0x-api',
    commit: '7460c00ac437761a92cfe5334af32b427c45cc92',
    library: 'TypeORM',
    source: ['schema.sql'],
    models: ['src/entities/*.ts'],
    before: dumped,
    right: [
      'type-mismatch/blocked_addresses/last_seen_nonce/lastSeenNonce',
      'type-mismatch/persistent_signed_orders/created_at/createdAt',
      'type-mismatch/persistent_signed_orders_v4/created_at/createdAt',
      'type-mismatch/signed_orders_v4/created_at/createdAt',
      'type-mismatch/valid_signed_orders_v4/created_at/createdAt',
    ],
  },
  {
    name: 'hassanferdous/Node-Drizzle-Starter',
    commit: '8cc5baa9b87949b1b002f0a1a649c0a6bbc9d8af',
    library: 'Drizzle',
    source: ['drizzle'],
    models: ['src/db/*.ts'],
    right: [],
  },
  {
    name: 'moaoa/nuxt-better-auth-drizzle',
    commit: '3fc40d884b83044b737310127e8152e11bba5444',
    library: 'Drizzle',
    source: ['db/migrations'],
    models: ['db/*.ts'],
    right: [],
  },
  {
    name: 'umami-software/umami',
    commit: 'c0ea3aefbee7a3429ee2f824b06dc4a9dbe0b7e1',
    library: 'Prisma',
    source: ['prisma/migrations'],
    models: ['prisma/schema.prisma'],
    right: [],
  },
  {
    name: 'mfts/papermark',
    commit: '7ff2e657ed09b56f0afcc863a5db52d0debd2e6a',
    library: 'Prisma',
    source: ['prisma/migrations'],
    models: ['prisma/**/*.prisma'],
    right: [],
  },
];
