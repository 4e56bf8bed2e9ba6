-- name: query :many
select id as a from query;

-- name: manyRows :many
select id as a from query;

-- name: sql :many
select id as a from query;

-- name: Kysely :many
select id as a from query;

-- name: CompiledQuery :many
select id as a from query;

-- name: RawBuilder :many
select id as a from query;

-- name: AliasedExpression :many
select id as a from query;

-- name: AnyDatabase :many
select id as a from query;

-- name: Json :many
select id as a from query;

-- name: db :many
select id as a from query;

-- name: args :many
select id as a from query;

-- name: alias :many
select id as a from query;

-- name: A :many
select id as a from query;

-- name: oneRow :many
select id as a from query;

-- name: constructor :many
select id as a from query;

-- name: __proto__ :many
select id as a from query;

-- name: toString :many
select id as a from query;

-- name: async :many
select id as a from query;

-- name: of :many
select id as a from query;

-- name: Promise :many
select id as a from query;

-- name: Date :many
select id as a from query;

-- name: queryRelated :many
select id as a from query;

-- name: queryFunction :many
select id as a from query;

-- name: queries :many
select id as a from query;

-- name: parameters :many
select :db::int as db, :args::jsonb as args, :alias::text as alias, :constructor::text as constructor,
  :__proto__::text as __proto__, :default::text as "default", :a_b::int as a_b, :aB::int as "aB", :A::text as "A",
  :row::text as row;

-- name: columns :many
select id, id as "Id", id as "ID", 1 as "a b", 2 as "a-b", 3 as "1a", 4 as "null", 5 as "then", made_at, 'x' as "madeAt"
from query where id = :id;

-- name: rewrite :one
update query set args = :args, "row" = :row where id = any(:ids) returning *;
