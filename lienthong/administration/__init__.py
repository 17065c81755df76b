"""Pages on which units, people, posts, signing authorities and accounts are kept, and each person's own account.

Its only rows are the sheets on their way in; every page calls the operations of ``organisation`` and ``identity``,
which lie below the pages' components and the journal and therefore cannot show themselves.

The story: 1. an administrator imports the units and people from a sheet, after a dry run; 2. corrects them one by one;
3. invites people to their accounts; 4. everybody keeps their own absences, delegations, password and sessions.
"""
