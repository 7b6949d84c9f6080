// The Enterprise User extension (RFC 7643 section 4.3) as a literal table.
import { attribute, complex, type Schema } from '../attribute.ts'
import { urn } from '../urn.ts'

export const enterpriseUserSchema: Schema = {
  id: urn.enterpriseUser,
  name: 'EnterpriseUser',
  description: 'A person within a company',
  attributes: [
    attribute('employeeNumber', 'The number the company gave the person.'),
    attribute('costCenter', 'The cost center.'),
    attribute('organization', 'The organization.'),
    attribute('division', 'The division.'),
    attribute('department', 'The department.'),
    complex('manager', "The person's manager.", {
      subAttributes: [
        attribute('value', "The id of the manager's User resource.", { caseExact: true, maxLength: 512 }),
        attribute('$ref', "The address of the manager's User resource.", {
          type: 'reference',
          referenceTypes: ['User'],
          mutability: 'readOnly',
        }),
        attribute('displayName', "The manager's display name.", { mutability: 'readOnly' }),
      ],
    }),
  ],
}
