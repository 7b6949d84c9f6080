// The Calendly extension of User: the one attribute that group mappings read.
import { attribute, type Schema } from '../attribute.ts'
import { urn } from '../urn.ts'

export const calendlyUserSchema: Schema = {
  id: urn.calendlyUser,
  name: 'CalendlyUser',
  description: 'Placement of a person by group mapping',
  attributes: [
    attribute('group', 'The value that group mappings compare, letter by letter.', {
      caseExact: true,
      maxLength: 512,
    }),
  ],
}
