"""What a new text of each kind starts from: questions that its author answers."""

from guides.facets import Kind

PURPOSES = {
    Kind.PRIMER: "Explains one subject: what it is, why it is so, whom it protects.",
    Kind.HOW_TO: "Leads through one task, step by step.",
    Kind.MAP: "Shows who is who, and who decides what.",
    Kind.CHECKLIST: "Lists what to do or to have, to tick off.",
    Kind.EXCHANGE: "Says how others do it, and what that would need here.",
}

PRIMER = """\
## What it is

Say it in two or three short sentences, as to a new colleague.

## Why it is like this

Which law, policy or history stands behind it? Whom does it protect?

## How it works in practice

What happens, in which order, and who does it?

## What goes wrong, and how to put it right

What do newcomers most often get wrong?

## Where this comes from

- [The name of the policy or page](https://www.gov.uk/)
"""

HOW_TO = """\
## Before you start

- What you need to have
- Whom you need to know

## Step by step

1. First, do this.
2. Then wait for that. It usually takes so many days.
3. Last, check this.

## If it does not work

Whom to ask, and what to say.

## Where this comes from

- [The name of the policy or page](https://www.gov.uk/)
"""

MAP = """\
## Who is who

| Who | What they decide | When you meet them |
|---|---|---|
| The role, not a name | | |

## How they fit together

Who reports to whom, and who can say no?

## Whom to ask first

Say for which question.

## Where this comes from

- [The name of the policy or page](https://www.gov.uk/)
"""

CHECKLIST = """\
## Before the day

- [ ] The first thing, and why
- [ ] The next one

## On the day

- [ ] What to bring
- [ ] Whom to tell

## Afterwards

- [ ] What to hand over

## Where this comes from

- [The name of the policy or page](https://www.gov.uk/)
"""

EXCHANGE = """\
## What works elsewhere

What did you do there, and what came of it?

## Which procedure it touches here

Name it, and the policy behind it.

## What it would need

What would have to change, and who can change it?

## How to try it small

One team, a few weeks, and how you would know.

## Where this comes from

- [The name of the policy or page](https://www.gov.uk/)
"""

SKELETONS = {
    Kind.PRIMER: PRIMER,
    Kind.HOW_TO: HOW_TO,
    Kind.MAP: MAP,
    Kind.CHECKLIST: CHECKLIST,
    Kind.EXCHANGE: EXCHANGE,
}
