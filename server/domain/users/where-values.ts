// Collects the values of a statement while its text is put together.

/** A piece of SQL that holds placeholders only, never a client's text. */
export type SqlText = string

/** Collects the values behind `$2`, `$3` …; `$1` is the organization. */
export class Values {
  readonly list: unknown[] = []

  /** Adds a value, answers its placeholder with a cast. */
  add(value: unknown, cast = 'text'): SqlText {
    this.list.push(value)
    return `$${String(this.list.length + 1)}::${cast}`
  }
}
