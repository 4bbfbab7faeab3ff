/** What the engine says of a CRM, its org, its users and their rights, in the words of files. */
const PHRASES: [said: RegExp, words: string][] = [
  [
    /If it exists, it is hidden from the connected user: grant that user read access to the field/g,
    'Check how the header of the file spells it',
  ],
  [
    /If it exists, it is hidden from the connected user: grant that user read access to the object/g,
    'Put the file into the folder, or name it under `files` in the connection',
  ],
  [/If it exists, it is hidden from the connected user: grant access to it/g, 'Name a file'],
  [/,? or (?:hides it|hidden) from the connected user/g, ''],
  [/hidden from the connected user, /g, ''],
  [/it creates fields and grants access/g, 'it adds the columns beside the file'],
  [/Restore it, give that user read access,/g, 'Put it back'],
  [/The org has no object (\S+?)(?=[;.])/g, 'The folder has no file for $1'],
  [/the CRM no longer has the object (\S+?)(?=[ :])/g, 'the file of $1 is gone'],
  [
    /the CRM no longer has the field (\S+) of (\S+?)(?=[ :])/g,
    'the file of $2 no longer has the column $1',
  ],
  [/ {2}! the CRM tells no API budget: the quota floor cannot be kept\n/g, ''],
  [/; [\d,]+ API calls?(?: \([^)]*\))?/g, ''],
  [/\n?counted with [\d,]+ API calls?/g, ''],
  [/counted against the CRM's own COUNT/g, 'counted against the files'],
  [/\(permissions of the integration user\?\)/g, '(a shorter export?)'],
  [/no longer in the CRM/g, 'no longer in the file'],
  [/the CRM counts/g, 'the file counts'],
  [/\b(in|from|fits) this org\b/g, '$1 these files'],
  [/\bthis mapping and org\b/g, 'this mapping and these files'],
  [/\b(?:a field that )?the org has\b/g, 'a column that the file has'],
  [/\bthe first that the CRM names\b/g, 'the first that the file names'],
  [/\b(correct|shorten) it in the CRM\b/g, '$1 it in the file'],
  [/\bin the CRM\b/g, 'in the file'],
  [/\bwhat the CRM says\b/g, 'what the file says'],
  [/\bthe CRM says\b/g, 'the file says'],
  [/\bthe CRM's own\b/g, "the files' own"],
  // Whatever else is said of it: a folder is one thing too.
  [/\bthe CRM\b/g, 'the folder'],
];

export const inFileWords = (message: string): string =>
  PHRASES.reduce((text, [said, words]) => text.replace(said, words), message);
