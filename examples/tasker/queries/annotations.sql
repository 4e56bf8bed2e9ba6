-- Creates a type of annotations, or describes the one that has the name.
-- name: putAnnotationType :one
insert into tasker_annotation_types (name, description, created_at, updated_at)
values (:name, :description, localtimestamp, localtimestamp)
on conflict (name) do update set description = excluded.description, updated_at = excluded.updated_at
returning *;
