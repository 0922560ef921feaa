"""The way in over HTTP: API, console, public pages, in one process.

Holds: `app` (put together), `server` (run), one folder each for `api`, `console` and `public`, and what they share: `visitor` (who
asks), `threads` (rooms wait, the loop does not), `problems` (how a refusal is said), `pages`, `language`, `limits`, `headers`,
`observing`, `health`.
Promises: whoever has not signed in reaches nothing but what is declared `unsigned`; every refusal is a problem document or a page with a
remedy; an answer is given after the commit; logs and metrics name routes, codes and accounts, never a path's values.
Never: decides; opens a `Private`, but for the one answer that shows what it is for; runs a room on the event loop.
"""
