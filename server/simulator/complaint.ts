// A failure whose message is all that the person at the command line needs.

/** One sentence that says what is wrong and what to do. */
export class Complaint extends Error {}
