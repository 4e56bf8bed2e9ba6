/** A piece of a printed expression: a token, or what stands between two brackets, with its parts. */
interface Piece {
  /** Of brackets it is put together of their parts, and read only once: nesting may be deep. */
  readonly text: string;
  readonly bracket?: string;
  readonly parts?: readonly Piece[];
}

/**
 * The one spelling of an expression that PostgreSQL has printed. `pg_dump` writes what the server prints, and reading
 * that gives another tree in one case: a cast of `ARRAY[…]` to an array type becomes a cast of each element, so that a
 * restored database prints `status IN ('open')` of a varchar in another way than the original. Here every such cast
 * stands at the elements, and a literal that was cast to varchar and then to text is a literal of the last type.
 *
 *     ((status)::text = ANY ((ARRAY['open'::character varying])::text[]))            -- as it was created
 *     ((status)::text = ANY (ARRAY[('open'::character varying)::text]))              -- as it was restored
 *     ((status)::text = ANY (ARRAY['open'::text]))                                   -- as it is spelled
 *
 * It goes by the text alone, so a role that may create nothing gets the same.
 */
export function spellExpression(printed: string): string {
  if (!printed.includes(')::')) return printed;
  const open: { readonly bracket: string; readonly parts: Piece[] }[] = [{ bracket: '', parts: [] }];
  for (const [token] of printed.matchAll(tokens)) {
    if (token === '(' || token === '[') open.push({ bracket: token, parts: [] });
    else if (token !== ')' && token !== ']') add(open.at(-1)?.parts, { text: token });
    else {
      const closed = open.pop();
      if (closed) add(open.at(-1)?.parts, enclosed(closed.bracket, closed.parts));
    }
  }
  const [whole] = open;
  return whole && open.length === 1 ? textOf(whole.parts) : printed;
}

/** A name as Postgres prints it: in double quotes, unless it consists of small letters. */
const name = `(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_]*)`;
/** `timestamp(3) without time zone[]`, `numeric(10,2)`, `public."Mood"[]`. Keywords that may follow are in capitals. */
const type = `${name}(?:\\.${name})?(?:\\([^()']*\\)| [a-z]+)*(?:\\[\\])?`;
/** A string, a name in quotes, a cast, a bracket, a comma, or anything between those. */
const tokens = new RegExp(`'(?:[^']|'')*'|"(?:[^"]|"")*"|::${type}|[()[\\],]|[^'"()[\\],:]+|[^]`, 'g');

const textOf = (parts: readonly Piece[]) => parts.reduce((text, part) => text + part.text, '');

function enclosed(bracket: string, parts: readonly Piece[]): Piece {
  return { text: `${bracket}${textOf(parts)}${bracket === '(' ? ')' : ']'}`, bracket, parts };
}

/** Adds a piece behind others. A cast may change what it is a cast of. */
function add(parts: Piece[] | undefined, piece: Piece): void {
  const last = parts?.at(-1);
  const isCast = !piece.parts && piece.text.startsWith('::');
  if (isCast && last?.parts && last.bracket === '(') parts?.splice(-1, 1, ...castOf(last.parts, piece));
  else parts?.push(piece);
}

/** What stands in parentheses, cast to a type. */
function castOf(inner: readonly Piece[], cast: Piece): readonly Piece[] {
  const array = cast.text.endsWith('[]') ? elementsOf(inner) : undefined;
  if (array) return castElements(array, { text: cast.text.slice(0, -'[]'.length) });
  const [literal, earlier] = inner;
  const isText = inner.length === 2 && !earlier?.parts && texts.has(earlier?.text ?? '') && texts.has(cast.text);
  return literal && isText && isLiteral(literal) ? [literal, cast] : [enclosed('(', inner), cast];
}

/** Casts that change no literal. */
const texts = new Set(['::text', '::character varying']);

const isLiteral = ({ text, parts }: Piece) => !parts && (text.startsWith("'") || text === 'NULL');

/** What stands in the brackets of `ARRAY[…]`; undefined of anything else. */
function elementsOf([word, list, ...others]: readonly Piece[]): readonly Piece[] | undefined {
  return word?.text === 'ARRAY' && list?.bracket === '[' && others.length === 0 ? list.parts : undefined;
}

/** `ARRAY[…]` with each of its elements cast, also those of the arrays in it. */
function castElements(parts: readonly Piece[], cast: Piece): readonly Piece[] {
  const elements: Piece[][] = [[]];
  for (const part of parts) {
    const last = elements.at(-1);
    if (part.text === ',') elements.push([]);
    else if (last?.length === 0) last.push(...withoutSpace(part));
    else last?.push(part);
  }
  const spelled = elements.flatMap((element, index) => {
    const inner = elementsOf(element);
    const separator = index === 0 ? [] : [{ text: ', ' }];
    return [...separator, ...(inner ? castElements(inner, cast) : castOf(element, cast))];
  });
  return [{ text: 'ARRAY' }, enclosed('[', spelled)];
}

function withoutSpace(piece: Piece): readonly Piece[] {
  if (piece.parts) return [piece];
  const text = piece.text.trimStart();
  return text === '' ? [] : [{ ...piece, text }];
}
