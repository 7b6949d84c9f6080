// What can be picked from a list.

export interface PickItem {
  id: string
  name: string
  /** What tells two of the same name apart. */
  hint?: string
}
