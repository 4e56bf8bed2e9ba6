with "rowsmith_changed" as (
  update "public"."orders" as t set "status" = $1, "updated_at" = now()
  where t."order_id" = $2 and t."status" in ($3, $4)
  returning t."status" as "state", true as "changed"
)
select t."status" as "was", "rowsmith_changed".*
from "public"."orders" as t left join "rowsmith_changed" on true
where t."order_id" = $5
