// What each PATCH operation makes of Ada: operations and the attributes they change; undefined means gone.
import type { Json } from '#server/scim/index.ts'
import { CAL, ENT, person, USER } from './client.ts'

const work = { value: 'ada@work.org', type: 'work', primary: true }
const home = { value: 'ada@home.net', type: 'home' }
export const ada = () =>
  person({
    displayName: 'Ada',
    title: 'Analyst',
    name: { givenName: 'Ada', familyName: 'L' },
    emails: [work, home],
    [CAL]: { group: 'Sales' },
  })

type Changes = Record<string, Json | undefined>
type Case = readonly [id: string, operations: readonly object[], changes: Changes]

export const add = (path: string | undefined, value: unknown) => ({ op: 'add', path, value })
export const remove = (path: string, value?: unknown) => ({ op: 'remove', path, value })
export const replace = (path: string | undefined, value: unknown) => ({ op: 'replace', path, value })

export const cases: readonly Case[] = [
  [
    'H20 add without path',
    [add(undefined, { title: 'Chief', name: { middleName: 'M' } })],
    { title: 'Chief', name: { givenName: 'Ada', familyName: 'L', middleName: 'M' } },
  ],
  ['H22 add to a single value', [add('title', 'Chief')], { title: 'Chief' }],
  [
    'H22 add to a complex value',
    [add('name', { honorificPrefix: 'Dr' })],
    { name: { givenName: 'Ada', familyName: 'L', honorificPrefix: 'Dr' } },
  ],
  [
    'H23 add one to a list',
    [add('emails', { value: 'c@ex.org' })],
    { emails: [work, home, { value: 'c@ex.org' }] },
  ],
  [
    'H23 add several to a list',
    [add('roles', [{ value: 'a' }, { value: 'b' }])],
    { roles: [{ value: 'a' }, { value: 'b' }] },
  ],
  ['H23 add an equal element', [add('emails', [home])], {}],
  [
    'H24 add to a matching element',
    [add('emails[type eq "home"].display', 'Home')],
    { emails: [work, { ...home, display: 'Home' }] },
  ],
  [
    'H8 a new primary',
    [add('emails', { value: 'c@ex.org', primary: true })],
    { emails: [{ ...work, primary: false }, home, { value: 'c@ex.org', primary: true }] },
  ],
  [
    'H8 another primary',
    [replace('emails[type eq "home"].primary', true)],
    {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
  ],
  ['H31 remove a single value', [remove('title')], { title: undefined }],
  ['H31 remove a whole list', [remove('emails')], { emails: undefined }],
  ['H31 remove by filter', [remove('emails[type eq "home"]')], { emails: [work] }],
  [
    'H31 remove a part by filter',
    [remove('emails[type eq "work"].primary')],
    { emails: [{ value: 'ada@work.org', type: 'work' }, home] },
  ],
  ['H31 remove a part', [remove('name.familyName')], { name: { givenName: 'Ada' } }],
  ['H33 remove what is absent', [remove('nickName'), remove('emails[type eq "other"]')], {}],
  ['H7 remove the last of an extension', [remove(`${CAL}:group`)], { [CAL]: undefined }],
  ['G3 remove a whole extension', [remove(CAL)], { [CAL]: undefined }],
  [
    'H40 replace without path',
    [replace(undefined, { title: 'Chief', name: { familyName: 'King' } })],
    { title: 'Chief', name: { givenName: 'Ada', familyName: 'King' } },
  ],
  ['H41 replace by null', [replace('title', null)], { title: undefined }],
  ['H41 replace by an empty text', [replace('title', '')], { title: undefined }],
  ['H42 replace what is absent', [replace('nickName', 'Addie')], { nickName: 'Addie' }],
  ['H43 replace a list', [replace('emails', [home])], { emails: [home] }],
  ['H43 replace a list by none', [replace('emails', [])], { emails: undefined }],
  [
    'H44 replace an element',
    [replace('emails[type eq "home"]', { value: 'new@home.net', type: 'home' })],
    { emails: [work, { value: 'new@home.net', type: 'home' }] },
  ],
  [
    'H45 replace parts of all matches',
    [replace('emails[value co "ada"].display', 'A')],
    {
      emails: [
        { ...work, display: 'A' },
        { ...home, display: 'A' },
      ],
    },
  ],
  [
    'H47, G4 paths as keys',
    [replace(undefined, { 'name.givenName': 'Augusta', [`${CAL}:group`]: 'Support' })],
    { name: { givenName: 'Augusta', familyName: 'L' }, [CAL]: { group: 'Support' } },
  ],
  ['G3 an extension by its URN', [add(CAL, { group: 'Support' })], { [CAL]: { group: 'Support' } }],
  ['G2 an extension attribute', [replace(`${CAL}:group`, 'Support')], { [CAL]: { group: 'Support' } }],
  ['G5 the dotted form', [replace(`${CAL}.group`, 'Support')], { [CAL]: { group: 'Support' } }],
  [
    'H7 an extension that was not there',
    [add(`${ENT}:department`, 'Maths')],
    { [ENT]: { department: 'Maths' } },
  ],
  [
    'H11 the schema in front',
    [replace(`${USER}:name.familyName`, 'King')],
    { name: { givenName: 'Ada', familyName: 'King' } },
  ],
  ['H4 one after the other', [replace('title', 'B'), remove('title'), add('title', 'C')], { title: 'C' }],
  [
    'H9 read-only keys without path',
    [replace(undefined, { id: 'x', schemas: ['y'], meta: {}, groups: [], title: 'B' })],
    { title: 'B' },
  ],
  ['H15 nothing new', [replace('title', 'Analyst'), add('emails', [work])], {}],
]
