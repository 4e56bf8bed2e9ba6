/** What the engine keeps about a named task. */
export interface NamedTaskConfiguration {
  concurrent?: boolean;
}

/** The metadata of a transition, as a Standard Schema (https://standardschema.dev) without any library. */
export interface TransitionMetadata {
  readonly error_message?: string;
  readonly error_backtrace?: string;
}

type Result =
  | { readonly value: TransitionMetadata; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

export const transitionMetadata: {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'tasker';
    readonly validate: (value: unknown) => Result;
    readonly types?: { readonly input: TransitionMetadata; readonly output: TransitionMetadata };
  };
} = {
  '~standard': {
    version: 1,
    vendor: 'tasker',
    validate: (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return { issues: [{ message: 'not an object' }] };
      const wrong = ['error_message', 'error_backtrace'].find(
        (key) => key in value && typeof (value as Record<string, unknown>)[key] !== 'string',
      );
      return wrong === undefined ? { value } : { issues: [{ message: `${wrong} is not text` }] };
    },
  },
};
