// The failures of a start that a person can mend, told in one sentence.

/** `message` is all that a person needs: what is wrong and what to do. Print it without a stack trace. */
export class StartupError extends Error {
  override readonly name = 'StartupError'
}
