// Where a client's keys are, as an admin chose: pasted, or published at an address.
import { invalidInput } from '#server/domain/error.ts'
import { readPublicKeys, type PublicKey } from './public-keys.ts'
import { keySetAddress } from './rules/client.ts'

export interface KeyChoice {
  /** A JWK, a JWK set or PEM. */
  readonly publicKeys?: string | null
  /** The https address of a JWK set. */
  readonly jwksUri?: string | null
}

export interface ChosenKeys {
  /** None when they are published. */
  readonly keys: readonly PublicKey[]
  readonly jwksUri: string | null
}

/** Exactly one of the two. Throws `oauth-clients/no-keys` and what reading them throws. */
export function chosenKeys({ publicKeys, jwksUri }: KeyChoice): ChosenKeys {
  const [pasted, address] = [publicKeys?.trim() ?? '', jwksUri?.trim() ?? '']
  if ((pasted === '') === (address === '')) {
    const message = 'Give either the public keys or the address where they are published.'
    throw invalidInput('oauth-clients/no-keys', [{ path: 'publicKeys', message }])
  }
  return pasted === ''
    ? { keys: [], jwksUri: keySetAddress(address) }
    : { keys: readPublicKeys(pasted), jwksUri: null }
}

/** The columns of the choice. */
export function keyColumns({ keys, jwksUri }: ChosenKeys) {
  return { jwksUri, publicKeys: keys.map(key => ({ ...key })) }
}
