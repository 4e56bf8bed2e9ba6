import Handlebars from 'handlebars';

/**
 * Own templates as plain functions, for the build: Handlebars reads them (its syntax, its rules of white space), and what it would look up
 * through options, frames and helpers at run time stands in the code. A template of users' is run by Handlebars itself. The two give the same
 * text, and throw for the same contexts: `test/own-templates.test.ts`.
 */
export function templateFunctions(sources: ReadonlyMap<string, string>): string {
  const names = [...sources.keys()];
  const functionOf = new Map(names.map((name, index) => [name, `template${index}`]));
  const functions = [...sources].map(([name, source]) => new TemplateWriter(name, functionOf).write(Handlebars.parse(source)));
  return `${functions.join('\n')}\nexport const compiled = [\n${names.map((name) => `  [${JSON.stringify(name)}, ${functionOf.get(name)}],\n`).join('')}];\n`;
}

/** Writes one template. The contexts around a place are the variables `c0`, `c1`, …, outermost first. */
class TemplateWriter {
  private loops = 0;

  constructor(
    private readonly name: string,
    private readonly functionOf: ReadonlyMap<string, string>,
  ) {}

  write(program: hbs.AST.Program): string {
    return `function ${this.functionOf.get(this.name)}(c0) {\nlet out = '';\n${this.body(program, 0)}return out;\n}`;
  }

  private body({ body }: hbs.AST.Program, depth: number): string {
    return body.map((statement) => this.statement(statement, depth)).join('');
  }

  private statement(statement: hbs.AST.Statement, depth: number): string {
    switch (statement.type) {
      case 'ContentStatement': {
        const { value } = statement as hbs.AST.ContentStatement;
        return value === '' ? '' : `out += ${JSON.stringify(value)};\n`;
      }
      case 'CommentStatement':
        return '';
      case 'MustacheStatement': {
        const { path, params } = statement as hbs.AST.MustacheStatement;
        return params.length > 0 ? this.refuse(statement, 'a helper') : `out += text(${this.lookup(path, depth)});\n`;
      }
      case 'PartialStatement':
        return this.partial(statement as hbs.AST.PartialStatement, depth);
      case 'BlockStatement':
        return this.block(statement as hbs.AST.BlockStatement, depth);
      default:
        return this.refuse(statement, statement.type);
    }
  }

  private partial(statement: hbs.AST.PartialStatement, depth: number): string {
    const { name, params, hash, indent } = statement as hbs.AST.PartialStatement & { readonly indent?: string };
    const partial = this.functionOf.get((name as hbs.AST.PathExpression).original);
    if (partial === undefined || params.length > 1 || hash || indent) return this.refuse(statement, 'a partial that is unknown, is indented or has more than a context');
    const [context] = params;
    return `out += ${partial}(${context ? this.value(context, depth) : `c${depth}`});\n`;
  }

  private block({ path, params, program, inverse, loc, type }: hbs.AST.BlockStatement, depth: number): string {
    const helper = (path as hbs.AST.PathExpression).original;
    const [subject] = params;
    if (!subject || params.length > 1) return this.refuse({ loc, type }, `{{#${helper}}} without one value`);
    const value = this.value(subject, depth);
    if (helper === 'if' || helper === 'unless') {
      const [then, otherwise] = helper === 'if' ? [program, inverse] : [inverse, program];
      return `if (flag(${value}, '${helper}')) {\n${then ? this.body(then, depth) : ''}}${otherwise ? ` else {\n${this.body(otherwise, depth)}}` : ''}\n`;
    }
    if (helper !== 'each' || inverse) return this.refuse({ loc, type }, `{{#${helper}}}`);
    const loop = this.loops++;
    return `const l${loop} = list(${value});\nfor (let i${loop} = 0; i${loop} < l${loop}.length; i${loop}++) {\nconst c${depth + 1} = l${loop}[i${loop}];\n${this.body(program, depth + 1)}}\n`;
  }

  /** The value of a path. */
  private value(expression: hbs.AST.Expression, depth: number): string {
    return `value(${this.lookup(expression, depth)})`;
  }

  /** What is found at a path, where it was looked for, and by which name. */
  private lookup(expression: hbs.AST.Expression, depth: number): string {
    if (expression.type !== 'PathExpression') return this.refuse(expression, expression.type);
    const { parts, depth: up, data, original } = expression as hbs.AST.PathExpression;
    if (data || up > depth || parts.length > 2) return this.refuse(expression, original);
    const context = `c${depth - up}`;
    const [first, second] = parts.map((part) => JSON.stringify(part));
    if (first === undefined) return context;
    if (second === undefined) return `${context}[${first}], ${context}, ${first}`;
    const inner = `value(${context}[${first}], ${context}, ${first})`;
    return `${inner}[${second}], ${inner}, ${second}`;
  }

  private refuse({ loc }: Pick<hbs.AST.Node, 'loc' | 'type'>, what: string): never {
    throw new Error(`${this.name}.hbs:${loc.start.line}: own templates cannot have ${what}.`);
  }
}
