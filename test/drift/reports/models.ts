export interface Task {
  id: number;
  name: string;
  retryLimit: number | null;
  code: string;
  ownerName: string | null;
  createdAt: Date;
}

export class Move {
  taskId!: string;
  toState!: number;
  metadata!: unknown;
}

export interface Exact {
  a: number;
}
