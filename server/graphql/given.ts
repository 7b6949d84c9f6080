// Optional input as the domain reads it: what was left out is not there.

type Given<Input> = { [Name in keyof Input]: Exclude<Input[Name], undefined> }

/** The same input without the fields that are `undefined`. */
export function given<Input extends object>(input: Input): Given<Input> {
  const entries = Object.entries(input).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Given<Input>
}
