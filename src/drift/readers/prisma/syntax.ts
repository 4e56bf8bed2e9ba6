import type { SourceText, Unread } from '../../declared.js';

/** A block of a schema: `model User { … }`. */
export interface PrismaBlock {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly fields: readonly PrismaField[];
  /** Attributes of the block: `@@map("users")`. */
  readonly attributes: readonly PrismaAttribute[];
  /** Lines of the kind `provider = "postgresql"`. */
  readonly settings: ReadonlyMap<string, string>;
}

/** A field, `email String? @unique @map("e_mail") @db.VarChar(255)`, or a value of an enum, which has no type. */
export interface PrismaField {
  readonly name: string;
  readonly line: number;
  /** The type without `?` and `[]`: `String`, `Unsupported("tsvector")`. */
  readonly type: string;
  readonly optional: boolean;
  readonly list: boolean;
  readonly attributes: readonly PrismaAttribute[];
}

/** An attribute, `@db.VarChar(255)` → name `db.VarChar`, text `255`. */
export interface PrismaAttribute {
  readonly name: string;
  readonly text: string;
}

export interface PrismaDocument {
  readonly blocks: readonly PrismaBlock[];
  readonly unread: readonly Unread[];
}

const opening = /^\s*(model|view|type|enum|datasource|generator)\s+([A-Za-z]\w*)\s*\{\s*$/;
const field = /^\s*([A-Za-z]\w*)(?:\s+([A-Za-z]\w*(?:\("(?:[^"\\]|\\.)*"\))?)(\[\])?(\?)?)?\s*(@.*)?$/;

/** Reads a schema line by line, as Prisma's language is written. */
export function readPrisma({ file, text }: SourceText): PrismaDocument {
  const blocks: PrismaBlock[] = [];
  const unread: Unread[] = [];
  let open: { block: PrismaBlock; lines: { text: string; line: number }[] } | undefined;
  const lines = joined(text);
  for (const { text: written, line } of lines) {
    if (written.trim() === '') continue;
    const [, kind, name] = opening.exec(written) ?? [];
    if (open && written.trim() === '}') {
      blocks.push(filled(open.block, open.lines, unread));
      open = undefined;
    } else if (open) open.lines.push({ text: written, line });
    else if (kind !== undefined && name !== undefined)
      open = { block: { kind, name, file, line, fields: [], attributes: [], settings: new Map() }, lines: [] };
    else unread.push(broken(file, line));
  }
  if (open) unread.push(broken(file, open.block.line, open.block.name));
  return { blocks, unread };
}

/** Lines without comments; one that ends within brackets goes on in the next. */
function joined(text: string): readonly { readonly text: string; readonly line: number }[] {
  const found: { text: string; line: number }[] = [];
  let depth = 0;
  text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .split(/\r?\n/)
    .forEach((written, index) => {
      const line = withoutComment(written);
      const last = found.at(-1);
      if (depth > 0 && last) last.text += ` ${line.trim()}`;
      else found.push({ text: line, line: index + 1 });
      const code = line.replace(/"(?:[^"\\]|\\.)*"/g, '');
      depth += (code.match(/[([]/g)?.length ?? 0) - (code.match(/[)\]]/g)?.length ?? 0);
    });
  return found;
}

function withoutComment(line: string): string {
  const found = /^((?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*)\/\//.exec(line);
  return (found?.[1] ?? line).trimEnd();
}

function filled(
  block: PrismaBlock,
  lines: readonly { readonly text: string; readonly line: number }[],
  unread: Unread[],
): PrismaBlock {
  const fields: PrismaField[] = [];
  const attributes: PrismaAttribute[] = [];
  const settings = new Map<string, string>();
  for (const { text, line } of lines) {
    const [, key, value] = /^\s*(\w+)\s*=\s*(.*)$/.exec(text) ?? [];
    const found = field.exec(text);
    if (text.trim().startsWith('@@')) attributes.push(...attributesIn(text.replace('@@', '@')));
    else if (block.kind === 'datasource' || block.kind === 'generator') {
      if (key !== undefined && value !== undefined) settings.set(key, value.trim());
    } else if (found) {
      const [, name = '', type = '', list, optional, rest = ''] = found;
      fields.push({
        name,
        line,
        type,
        list: list !== undefined,
        optional: optional !== undefined,
        attributes: attributesIn(rest),
      });
    } else unread.push(broken(block.file, line, block.name));
  }
  return { ...block, fields, attributes, settings };
}

/** Attributes of a text: `@id @default(autoincrement())` → `id`, `default` with the text `autoincrement()`. */
function attributesIn(text: string): readonly PrismaAttribute[] {
  const found: PrismaAttribute[] = [];
  const name = /@([A-Za-z][\w.]*)/g;
  for (let match = name.exec(text); match; match = name.exec(text)) {
    const start = name.lastIndex;
    const end = text[start] === '(' ? closing(text, start) : start;
    found.push({ name: match[1] ?? '', text: text.slice(start + 1, Math.max(start + 1, end)) });
    name.lastIndex = Math.max(start, end);
  }
  return found;
}

/** Index of the bracket that closes the one at the index. */
function closing(text: string, start: number): number {
  let depth = 0;
  let isText = false;
  for (let index = start; index < text.length; index++) {
    if (text[index] === '"' && text[index - 1] !== '\\') isText = !isText;
    if (isText) continue;
    if (text[index] === '(') depth++;
    if (text[index] === ')' && --depth === 0) return index;
  }
  return text.length;
}

function broken(file: string, line: number, name = file): Unread {
  return { name, file, line, reason: 'the text is not a Prisma schema', broken: true };
}
