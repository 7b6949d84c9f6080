// One line of the activity log, and how it looks.
import type { ResultOf } from '#web/graphql/graphql.ts'
import type { ActivityQuery } from './documents.ts'

export type ActivityRow = NonNullable<
  ResultOf<typeof ActivityQuery>['organization']
>['activity']['nodes'][number]

export const actorIcon: Record<ActivityRow['actorKind'], string> = {
  PERSON: 'i-lucide-user-round',
  API_KEY: 'i-lucide-key-round',
  SCIM_TOKEN: 'i-lucide-cloud',
  OPERATOR: 'i-lucide-wrench',
  SYSTEM: 'i-lucide-cog',
  ANONYMOUS: 'i-lucide-circle-help',
}

/** The key of what an action is called: `scim_token.issue` is `scim_token_issue`. */
export function actionKey(action: string): string {
  return `activity.actions.${action.replace(/[.-]/gu, '_')}`
}
