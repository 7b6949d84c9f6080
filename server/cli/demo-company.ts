// Who works at the demonstration's company: names, departments, titles and values of the group attribute.

const words = (text: string): string[] => text.trim().split(/\s+/)

export const givenNames = words(`
  Ada Aisha Alejandro Alice Amara Amélie Anders Andrea Anna Antoine Aroha Arjun Astrid Ayşe Beatriz Benjamin Bilal
  Björn Camila Carlos Catherine Chidi Chiara Chloé Daniel Daiki David Deepika Dimitri Elena Eleni Elif Emeka Emily
  Emma Enrique Erik Esther Eva Fatima Felix Fernanda Finn Florence Francesca Gabriel Gita Giulia Grace Hana Hannah
  Hassan Helena Henrik Hiroshi Ines Ingrid Isabel Ivan Jack Jakub James Jana Javier Jing Joana João José Julia Jun
  Kaito Karim Katarzyna Kavya Kenji Khadija Kofi Lars Laura Leila Lena Léo Liam Lina Louise Lucas Lucía Magnus Maja
  Malik Marco Margaret María Marta Mateo Matthew Maya Mehmet Mei Miguel Mila Mina Mohammed Nadia Naoko Nia Niamh
  Nikolai Noah Noor Olga Oliver Olivia Omar Oscar Paolo Patrick Pedro Petra Pierre Priya Rachel Rafael Rahul Rania
  Renata Ricardo Robin Rosa Ruth Saanvi Samuel Sanne Sara Sebastian Selma Seo-yeon Shira Sigrid Simone Sofia Søren
  Stefan Sven Tamar Tariq Thandiwe Theo Thomas Tomasz Uma Valentina Vera Victor Vikram Wei William Xavier Yara
  Yasmin Yuki Yusuf Zainab Zeynep Zoë`)

export const familyNames = words(`
  Abebe Adeyemi Aguilar Ahmed Alvarez Andersen Andersson Arslan Bakker Banerjee Barbieri Bauer Becker Benali Bennett
  Berg Bianchi Bondarenko Borges Brennan Brown Byrne Carlsen Carter Castro Cohen Conti Costa Cruz Dahl Dang Das
  Demir Diallo Dias Dubois Duarte Dvořák Edwards Eriksson Estrada Evans Farouk Fernández Ferrari Fischer Fofanah
  Fontaine Foster Fraser Fujita Gallagher García Gill Gomes González Greco Grant Gupta Gutiérrez Haddad Hansen
  Harris Hashimoto Hassan Hayashi Hernández Herrera Hoang Hoffmann Horváth Hughes Ibrahim Iglesias Ito Ivanova
  Iyer Jansen Jensen Johansson Jones Kamara Kaplan Kapoor Kato Kaya Keller Khan Kim Kimura Klein Kobayashi Koch
  Kovács Kowalska Kumar Kuznetsov Lambert Larsen Laurent Le Lee Leroy Levi Lewis Li Lima Lindberg Liu López Lund
  MacDonald Machado Mahmoud Malik Mancini Martin Martínez Mbeki Mehta Mendes Meyer Miller Mishra Mitchell Molina
  Moreau Moreno Morris Mukherjee Müller Murphy Mutua Mwangi Nakamura Nair Navarro Ndlovu Nguyen Nielsen Novák Nowak
  O'Brien O'Connor Ochieng Okafor Okonkwo Oliveira Olsen Ortega Osei Özdemir Park Parker Patel Pereira Pérez
  Petersen Petrov Phiri Popescu Quinn Rahman Ramírez Rao Reddy Reyes Ricci Richter Rivera Roberts Romano Rossi Roux
  Ruiz Russo Ryan Sánchez Santos Sato Schmidt Schneider Schwarz Shah Sharma Silva Simon Singh Smirnova Smith Sokolov
  Suzuki Svensson Szabó Takahashi Tanaka Taylor Thompson Tkachenko Torres Tran Turner Usman Van-Dijk Vargas Vasquez
  Vermeulen Virtanen Visser Vogel Wagner Walker Wang Watanabe Weber White Williams Wilson Wong Wood Wright Yamamoto
  Yang Yilmaz Young Zhang Zhou Zimmermann`)

export interface Department {
  readonly name: string
  /** Share of the company's people. */
  readonly weight: number
  readonly titles: readonly string[]
  /** What the identity provider sends as group; an empty text stands for none. */
  readonly groups: readonly string[]
}

export const departments: readonly Department[] = [
  {
    name: 'Sales',
    weight: 24,
    titles: ['Account Executive', 'Sales Development Representative', 'Sales Manager', 'Solutions Engineer'],
    groups: ['Sales EMEA', 'Sales Americas', 'Sales APAC', 'Sales Americas', 'sales emea', ''],
  },
  {
    name: 'Engineering',
    weight: 22,
    titles: ['Software Engineer', 'Senior Software Engineer', 'Staff Engineer', 'Engineering Manager', 'SRE'],
    groups: ['Engineering', 'Engineering', 'Engineering', 'Engineering Interviewers', ''],
  },
  {
    name: 'Customer Success',
    weight: 14,
    titles: ['Customer Success Manager', 'Onboarding Specialist', 'Renewals Manager'],
    groups: ['Customer Success', 'Customer Success', 'Customer Success EMEA', 'Customer Success '],
  },
  {
    name: 'Support',
    weight: 12,
    titles: ['Support Engineer', 'Support Specialist', 'Support Team Lead'],
    groups: ['Support', 'Support', 'Support Tier 2', ''],
  },
  {
    name: 'Marketing',
    weight: 7,
    titles: ['Campaign Manager', 'Content Designer', 'Brand Lead'],
    groups: ['Marketing', 'Events'],
  },
  {
    name: 'Product',
    weight: 5,
    titles: ['Product Manager', 'Senior Product Manager', 'Researcher'],
    groups: ['Product', ''],
  },
  { name: 'Design', weight: 3, titles: ['Product Designer', 'Design Systems Lead'], groups: ['Product'] },
  {
    name: 'People',
    weight: 4,
    titles: ['Recruiter', 'People Partner', 'Sourcer'],
    groups: ['Recruiting', 'People'],
  },
  {
    name: 'Finance',
    weight: 4,
    titles: ['Accountant', 'Financial Analyst', 'Controller'],
    groups: ['Finance', ''],
  },
  { name: 'IT', weight: 3, titles: ['Systems Administrator', 'IT Support Specialist'], groups: ['IT'] },
  { name: 'Legal', weight: 2, titles: ['Counsel', 'Paralegal'], groups: [''] },
]

export const offices = [
  'Amsterdam',
  'Atlanta',
  'Berlin',
  'Buenos Aires',
  'Dublin',
  'Nairobi',
  'Singapore',
  'Tokyo',
  'Toronto',
]

export const mailDomain = 'rollcall-demo.example'
