// The invented people that a simulated identity provider assigns.

export interface Person {
  readonly userName: string
  readonly externalId: string
  readonly givenName: string
  readonly familyName: string
  readonly department: string
  /** Value of the group attribute. */
  readonly group: string
}

const given = [
  'Ada',
  'Björn',
  'Chloé',
  'Deniz',
  'Emeka',
  'Fatima',
  'Giulia',
  'Hana',
  'Ivan',
  'Jing',
  'Kofi',
  'Lena',
]
const family = ['Andersen', "O'Brien", 'Müller', 'Nakamura', 'Okafor', 'Pérez', 'Singh', 'Yılmaz']
const departments = ['Sales', 'Support', 'Engineering', 'Finance', 'People']

/** `count` people whose names nobody else has: `run` marks this run. */
export function makePeople(count: number, run: string): Person[] {
  return Array.from({ length: count }, (_, index) => {
    const mark = `${run}-${String(index + 1).padStart(4, '0')}`
    const department = at(departments, index)
    return {
      userName: `sim-${mark}@example.com`,
      externalId: `sim-${mark}`,
      givenName: at(given, index),
      familyName: at(family, Math.floor(index / given.length)),
      department,
      group: `${department} Team`,
    }
  })
}

/** The same person after a change of job. */
export function moved(person: Person): Person {
  const department = at(departments, departments.indexOf(person.department) + 1)
  return { ...person, familyName: `${person.familyName}-Berg`, department, group: `${department} Team` }
}

export function displayName(person: Person): string {
  return `${person.givenName} ${person.familyName}`
}

function at(list: readonly string[], index: number): string {
  return list[index % list.length] ?? ''
}
