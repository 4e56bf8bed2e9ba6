/**
 * The types and values that generated code uses besides those of the schema: imports, globals, type parameters, and
 * parameters that could hide a name of the schema. Taken from generated code by test/used-names.test.ts, which fails
 * where a name is missing, and writes this file with ROWSMITH_UPDATE_CASES=1.
 */
export const usedTypes: readonly string[] = ["A","AliasedExpression","AnyDatabase","Argument","Buffer","ChangeState","ColumnMachine","ColumnType","Date","Delete","F","Find","Generated","Insert","InsertMany","Insertable","Model","NonNullable","NotWritable","Omit","Pick","Promise","Q","QueryStart","RawBuilder","ReadArguments","Refine","Related","ReturnType","ReturningFields","Slice","StateCondition","TransitionsMachine","Uint8Array","Update","Updateable","Upsert"];

export const usedValues: readonly string[] = ["changeState","codeField","currentState","db","find","inState","insert","insertMany","model","notInState","ofNewest","read","readModel","related","relation","remove","returningFields","routine","routineRows","runRoutine","slice","sql","toJSON","toRow","transition","update","upsert","withRelated"];
