-- A party to a channel that is not there.
SELECT p.row_ref, p.channel, p.party
FROM core.channel_party p ANTI JOIN core.channel c USING (source, channel)
