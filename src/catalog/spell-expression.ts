/** A piece of a printed expression: a token, or a bracketed group with its parts. */
interface Piece {
  /** For a group, built from its parts only once, because nesting may be deep. */
  readonly text: string;
  readonly bracket?: string;
  readonly parts?: readonly Piece[];
}

/**
 * Rewrites an expression that PostgreSQL printed into one canonical form. `pg_dump` writes what the server prints, and
 * parsing that produces a different tree in one case: a cast of `ARRAY[…]` to an array type becomes a cast of each
 * element, so a restored database prints `status IN ('open')` of a varchar differently from the original. Here every
 * such cast is moved to the elements, and a literal that was cast to varchar and then to text becomes a literal of the
 * last type.
 *
 *     ((status)::text = ANY ((ARRAY['open'::character varying])::text[]))            -- as created
 *     ((status)::text = ANY (ARRAY[('open'::character varying)::text]))              -- as restored
 *     ((status)::text = ANY (ARRAY['open'::text]))                                   -- canonical
 *
 * It uses only the text, so a role that may create nothing gets the same result.
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

/** A name as Postgres prints it: in double quotes, unless it is in lower case. */
const name = `(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_]*)`;
/** `timestamp(3) without time zone[]`, `numeric(10,2)`, `public."Mood"[]`. Keywords that may follow are in capitals. */
const type = `${name}(?:\\.${name})?(?:\\([^()']*\\)| [a-z]+)*(?:\\[\\])?`;
/** A string, a name in quotes, a cast, a bracket, a comma, or anything between those. */
const tokens = new RegExp(`'(?:[^']|'')*'|"(?:[^"]|"")*"|::${type}|[()[\\],]|[^'"()[\\],:]+|[^]`, 'g');

const textOf = (parts: readonly Piece[]) => parts.reduce((text, part) => text + part.text, '');

function enclosed(bracket: string, parts: readonly Piece[]): Piece {
  return { text: `${bracket}${textOf(parts)}${bracket === '(' ? ')' : ']'}`, bracket, parts };
}

/** Appends a piece. A cast may change the piece that it casts. */
function add(parts: Piece[] | undefined, piece: Piece): void {
  const last = parts?.at(-1);
  const isCast = !piece.parts && piece.text.startsWith('::');
  if (isCast && last?.parts && last.bracket === '(') parts?.splice(-1, 1, ...castOf(last.parts, piece));
  else parts?.push(piece);
}

/** The contents of parentheses, cast to a type. */
function castOf(inner: readonly Piece[], cast: Piece): readonly Piece[] {
  const array = cast.text.endsWith('[]') ? elementsOf(inner) : undefined;
  if (array) return castElements(array, { text: cast.text.slice(0, -'[]'.length) });
  const [literal, earlier] = inner;
  const isText = inner.length === 2 && !earlier?.parts && texts.has(earlier?.text ?? '') && texts.has(cast.text);
  return literal && isText && isLiteral(literal) ? [literal, cast] : [enclosed('(', inner), cast];
}

/** Casts that do not change a literal. */
const texts = new Set(['::text', '::character varying']);

const isLiteral = ({ text, parts }: Piece) => !parts && (text.startsWith("'") || text === 'NULL');

/** The contents of the brackets of `ARRAY[…]`; undefined for anything else. */
function elementsOf([word, list, ...others]: readonly Piece[]): readonly Piece[] | undefined {
  return word?.text === 'ARRAY' && list?.bracket === '[' && others.length === 0 ? list.parts : undefined;
}

/** `ARRAY[…]` with each of its elements cast, including those of nested arrays. */
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
