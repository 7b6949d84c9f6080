// Stores people who are created at the same time by one statement: all of them, or each has to try again alone.
import type { Context } from '#server/domain/context.ts'
import { insertUsers, type UserChange } from './store-user.sql.ts'

/** The people could not be stored in one go; nothing was stored. Whoever gets it tries again alone. */
export class NotStoredTogether extends Error {}

interface Waiting {
  readonly change: UserChange
  readonly resolve: (stored: boolean) => void
  readonly reject: (reason: NotStoredTogether) => void
}

/** Gathers people until all who are expected have come or dropped out, then stores them. */
export class JointInsert {
  readonly #ctx: Context
  readonly #waiting: Waiting[] = []
  #expected: number
  #refused = false
  #decide: (() => void) | undefined
  readonly #gathered: Promise<void>

  constructor(ctx: Context, expected: number) {
    this.#ctx = ctx
    this.#expected = expected
    this.#gathered = new Promise(resolve => {
      this.#decide = resolve
    })
  }

  /** How many people wait to be stored. */
  get size(): number {
    return this.#waiting.length
  }

  /** Resolves when everybody has come or dropped out; tells whether the company may be stored. */
  async gathered(): Promise<boolean> {
    await this.#gathered
    return !this.#refused
  }

  /** Resolves when the person is stored; rejects with `NotStoredTogether`. */
  insert(change: UserChange): Promise<boolean> {
    const stored = new Promise<boolean>((resolve, reject) => {
      this.#waiting.push({ change, resolve, reject })
    })
    this.#look()
    return stored
  }

  /** Somebody must be stored in another way, so all of them go one after the other; answers what to throw. */
  refuse(): NotStoredTogether {
    this.#refused = true
    return new NotStoredTogether()
  }

  /** Somebody will not come any more. */
  dropOut(): void {
    this.#expected -= 1
    this.#look()
  }

  /** One statement for all who wait, in the order they came; one name taken or one seat missing refuses them all. */
  async store(): Promise<void> {
    const stored = this.#waiting.length === 0 || (await this.#tryAll())
    if (stored) for (const { resolve } of this.#waiting) resolve(true)
    else this.giveUp()
  }

  giveUp(): void {
    for (const { reject } of this.#waiting) reject(new NotStoredTogether())
  }

  #look(): void {
    if (this.#waiting.length >= this.#expected) this.#decide?.()
  }

  /** Whatever is wrong, each person is told by their own try. */
  async #tryAll(): Promise<boolean> {
    try {
      return await insertUsers(
        this.#ctx,
        this.#waiting.map(({ change }) => change),
      )
    } catch {
      return false
    }
  }
}
