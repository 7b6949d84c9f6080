// An input that fits its type, with no more in it than it must have.
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type GraphQLInputType,
} from 'graphql'

const scalars: Readonly<Record<string, unknown>> = { Boolean: true, Int: 15, Float: 1.5 }

/** `idOf` tells which global id stands in a field of that name; lists are empty, texts are "x". */
export function sampleInput(
  type: GraphQLInputType,
  idOf: (field: string) => string,
  field = 'input',
): unknown {
  if (isNonNullType(type)) return sampleInput(type.ofType, idOf, field)
  if (isListType(type)) return []
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const needed = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField)
    return Object.fromEntries(needed.map(each => [each.name, sampleInput(each.type, idOf, each.name)]))
  }
  const { name } = getNamedType(type)
  return name === 'ID' ? idOf(field) : (scalars[name] ?? 'x')
}
