/** What a shop keeps about a product. */
export interface Details {
  readonly color: string;
}

/** A Standard Schema that changes what it checks: colors are in lower case. */
export const details = {
  '~standard': {
    version: 1 as const,
    vendor: 'shop',
    validate: (value: unknown): { readonly value: Details } | { readonly issues: readonly { message: string }[] } => {
      const { color } = value as { readonly color?: unknown };
      return typeof color === 'string'
        ? { value: { color: color.toLowerCase() } }
        : { issues: [{ message: 'color is not text' }] };
    },
    types: undefined as { readonly input: Details; readonly output: Details } | undefined,
  },
};

export const title = ({ name, details: own }: { readonly name: string; readonly details: Details | null }): string =>
  own ? `${name} (${own.color})` : name;
