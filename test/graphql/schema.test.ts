// The schema as a whole: printed and committed, described throughout, and nothing in it without a rule.
import { readFileSync } from 'node:fs'
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { printedSchema } from '#server/graphql/printed-schema.ts'
import { schema } from '#server/graphql/schema.ts'

const types = Object.values(schema.getTypeMap()).filter(type => !type.name.startsWith('__'))
const builtIn = new Set(['String', 'Int', 'Float', 'Boolean', 'ID'])

/** Everything in a type that people read in a schema browser. */
function partsOf(type: GraphQLNamedType): { name: string; description?: string | null | undefined }[] {
  const own = { name: type.name, description: type.description }
  if (isEnumType(type))
    return [own, ...type.getValues().map(value => ({ ...value, name: `${type.name}.${value.name}` }))]
  if (isInputObjectType(type)) {
    return [
      own,
      ...Object.values(type.getFields()).map(field => ({ ...field, name: `${type.name}.${field.name}` })),
    ]
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [own]
  const fields = Object.values(type.getFields()).flatMap(field => [
    { ...field, name: `${type.name}.${field.name}` },
    ...field.args.map(arg => ({ ...arg, name: `${type.name}.${field.name}(${arg.name})` })),
  ])
  return [own, ...fields]
}

function ruleOf(extensions: unknown): unknown {
  return (extensions as { pothosOptions?: { authScopes?: unknown } }).pothosOptions?.authScopes
}

/** Types without a rule, and root fields without one. */
function unguarded(objects: readonly GraphQLObjectType[]): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  return objects.flatMap(type => {
    const own = ruleOf(type.extensions) === undefined ? [type.name] : []
    if (!roots.includes(type)) return own
    const fields = Object.values(type.getFields()).filter(field => ruleOf(field.extensions) === undefined)
    return [...own, ...fields.map(field => `${type.name}.${field.name}`)]
  })
}

describe('the schema', () => {
  it('is the one that is committed: run "npm run schema" after a change', () => {
    const committed = readFileSync(new URL('../../server/graphql/schema.graphql', import.meta.url), 'utf8')
    expect(printedSchema()).toBe(committed)
  })

  it('describes every type, field, argument and enum value', () => {
    const bare = types
      .filter(type => !builtIn.has(type.name))
      .flatMap(partsOf)
      .filter(part => !part.description)
    expect(bare.map(part => part.name)).toEqual([])
  })

  it('says of every field that may be null when it is', () => {
    const silent = types.filter(isObjectType).flatMap(type =>
      Object.values(type.getFields())
        .filter(field => !String(field.type).endsWith('!'))
        .filter(field => !/null/i.test(field.description ?? ''))
        .map(field => `${type.name}.${field.name}`),
    )
    expect(silent).toEqual([])
  })

  it('guards every type and every root field with a rule (G25)', () => {
    expect(unguarded(types.filter(isObjectType))).toEqual([])
  })

  it('answers every mutation but signing out with a union of payload and declared failures', () => {
    const fields = Object.values(schema.getMutationType()?.getFields() ?? {})
    const others = fields.filter(field => !/Result!$/.test(String(field.type))).map(field => field.name)
    expect(others).toEqual(['signOut'])
  })
})
