// What the set-up form must contain before it is sent.

export interface SetupForm {
  organizationName: string
  ownerName: string
  email: string
  password: string
}

/** The shortest password that is accepted, in characters. */
export const shortestPassword = 15

/** Field name to the key of its message; empty when the form may be sent. */
export function checkSetup(form: SetupForm): Partial<Record<keyof SetupForm, string>> {
  const faults: Partial<Record<keyof SetupForm, string>> = {}
  if (form.organizationName.trim() === '') faults.organizationName = 'session.faults.organizationName'
  if (form.ownerName.trim() === '') faults.ownerName = 'session.faults.ownerName'
  if (!/^[^\s@]+@[^\s@]+$/u.test(form.email.trim())) faults.email = 'session.faults.email'
  if (Array.from(form.password).length < shortestPassword) faults.password = 'session.faults.password'
  return faults
}
