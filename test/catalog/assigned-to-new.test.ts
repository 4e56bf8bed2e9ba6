import { expect, test } from '@jest/globals';
import { assignedToNew } from '../../src/catalog/assemble/assigned-to-new.js';

test.each<[string, string[]]>([
  ['begin new.a := 1; return new; end', ['a']],
  ['BEGIN NEW.updated_at = now(); RETURN NEW; END;', ['updated_at']],
  ['begin\n  if new.b = 1 then new.a = 2; else new.c = 3; end if; return new; end', ['a', 'c']],
  ['begin if a then return null; elsif b then new.a = 1; end if; end', ['a']],
  ['begin if new.a is null or new.b = 2 then return null; end if; end', []],
  ['declare n int := 1; begin for n in 1..2 loop new.a = n; end loop; end', ['a']],
  ['begin begin new.a = 1; exception when others then new.b = 2; end; end', ['a', 'b']],
  ['begin case new.kind when 1 then new.a = 1; else new.b = 2; end case; end', ['a', 'b']],
  ['begin new.a := case when new.b = 1 then new.c = 2 else new.d = 3 end; end', ['a']],
  ['begin return case when old.b then new.c = 2 end; end', []],
  ['begin select x, y into strict new.a, new."B c" from t where t.id = new.id; end', ['a', 'B c']],
  ['begin insert into t (a) values (new.a) returning id into new.t_id; end', ['t_id']],
  ['begin insert into new.t (a) select 1; end', []],
  ['begin select 1 into other, new.a; perform f(new.b, new.c); end', ['a']],
  ['begin -- new.a := 1\n /* new.b := 2; */ raise notice \'new.c := 3\'; new."D" := $$ new.e := 1; $$; end', ['D']],
  ["begin new.tags[1] := 'x'; new.home.street := 'y'; new.data['a']['b'] = '1'; end", ['tags', 'home', 'data']],
  ['begin new.a := 1; new.a := 2; new . b\n:= 3; end', ['a', 'b']],
  ['begin renew.a := 1; old.b := 2; x := new.c; new := old; end', []],
  ['begin new."50%" := 1; new."a.b; c" := 2; new."é" := 3; new.% := 4; end', ['50%', 'a.b; c', 'é', '%']],
  ['', []],
])('%s', (source, want) => {
  expect(assignedToNew(source)).toEqual(want);
});
