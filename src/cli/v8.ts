/** The newest V8 whose flags are known: a newer one would print that it does not know one. */
const known = 14;

/** Whether V8 can be told by flags how to work. */
export const knowsFlags = Number.parseInt(process.versions.v8, 10) <= known;
