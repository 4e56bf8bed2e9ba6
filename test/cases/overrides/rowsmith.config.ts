export default {
  types: {
    overrides: [
      { type: 'numeric', as: 'number' },
      { table: 'receipts', column: 'total', as: 'string', write: 'number' },
      { column: '*_at', as: 'string' },
      { column: (column: { readonly name: string }) => column.name === 'link', as: 'node:url#URL', write: 'string' },
    ],
  },
};
