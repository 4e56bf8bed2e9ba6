import { z } from 'zod';

export const address = z.object({ city: z.string() });
