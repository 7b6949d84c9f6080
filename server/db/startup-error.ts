// The failures that a person can mend, told in one sentence.

/** `message` is all that a person needs: what is wrong and what to do. Print it without a stack trace. */
export class StartupError extends Error {
  override readonly name = 'StartupError'
}

/**
 * Why an open database cannot be used any more until the program is started again. `message` is for a person;
 * `code` (SQLSTATE admin_shutdown) lets callers treat it like a server that was stopped.
 */
export class StoppedError extends Error {
  override readonly name = 'StoppedError'
  readonly code = '57P01'
}
