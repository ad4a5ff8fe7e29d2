"""Sentences with comparatives ("resolution got faster", "fewer outages"): such as claim a change of a figure, and such as do not.

They were written down before the patterns for them, by somebody who had read the earlier ones, and were counted
before and several times after; which ones failed was read only once the patterns were done.
"""

CLAIM = """\
Resolution is now a quarter faster than it was in the spring.
Detection got 40 % quicker this quarter.
Our recovery was twice as fast in Q4 as in Q3.
We had 25 percent fewer outages last year.
Total downtime was cut by half in the second half of 2024.
Downtime fell 18 % quarter over quarter.
There were fewer outages in Q4 than in Q3.
Outages were 35 % shorter this year than last.
Acknowledgement has become slower: 20 % compared with last quarter.
On average, outages last 10 minutes less than they did in 2023.
Outages took 30 % longer to resolve this quarter.
We detect outages faster than we did last year.
Our teams recover a third faster than a year ago.
We respond to incidents 15 % faster since the new rota started in March.
Incident response got noticeably quicker over the last two quarters.
Response to incidents is 30 % slower than in 2023.
Mitigation has sped up by 20 % since January.
Time spent in outages dropped from 14 hours to 6 hours.
We reduced downtime by 45 % in 2024.
A 30 % reduction in downtime was the best news of the year.
Faster detection: 12 % down on last quarter.
The number of outages dropped by a fifth in Q2.
Outage frequency rose by 10 % in the last six months.
Less downtime in Q4 than in Q3, and far fewer pages.
Compared with last year we saw a third fewer SEV-2 outages.
Detection times shrank by 60 %.
Diagnosis takes 25 % less time than it did last quarter.
Resolving incidents takes us half as long as a year ago.
It takes us 20 % longer to detect incidents than in 2023.
Incidents now last 15 % longer on average.
Incidents are shorter than they were last year.
The average outage was 20 minutes shorter in Q4 than in Q3.
The mean incident duration decreased by 22 %.
Average incident length went from 3 hours to 2 hours.
Our incident response time improved by 10 % in Q1.
Response times of the on-call team worsened in the fourth quarter.
SEV-1 incidents fell by 60 % in 2024.
Security incidents rose by 30 % this year.
Outages of the checkout service are down 50 % since September.
With the new alerts, we now notice problems 40 % sooner than in 2023.
Major incidents were resolved 20 % more quickly in Q2.
Recoveries have been quicker since last summer, by 30 % on average.
The new runbooks made recovery 25 % faster.
Hiring a second team made us 30 % faster at resolving incidents.
"""

NO_CLAIM = """\
Recovery took longer than expected.
Resolution was slower than in the previous incident.
Detection would have been faster with an alert on the queue.
We need faster detection and shorter outages.
Faster recovery is the aim of the next quarter.
The outage lasted 20 minutes longer than planned.
Downtime was 45 minutes.
Total downtime in Q4 was 3 hours.
Recovery of the replica got 30 % faster after we raised the limit on writes.
The second restart was 30 % faster than the first.
Fewer requests failed once the cache was warm.
40 % fewer requests reached the primary after the failover.
More outages were reported by customers during the night.
Two more outages followed on Friday.
Fewer alerts would mean quicker responses at night.
Response times of the API improved after the index was added.
Our response times rose from 200 ms to 4 s during the outage.
The response time of the checkout page was 30 % higher than usual.
Responses got slower and slower until the pool was empty.
The longer the outage, the more customers call.
Less downtime is worth more than more features.
If detection gets faster, downtime gets shorter.
The rollback was quicker than a fix forward.
We should find out why resolution is slower at night.
Recovery is faster when the runbook is at hand.
The runbook makes recovery faster.
Detection by customers is slower than detection by alerts.
Outages at night are longer than outages by day.
The database recovered faster than the search index.
Service was restored sooner than we told our customers.
It took 30 % longer to restore the backup than in the rehearsal.
Downtime was reduced to a minimum by the failover.
The failover reduced downtime to four minutes.
Did recovery get faster?
The vendor's outages were fewer this year.
Our provider promises 20 % less downtime.
This outage was shorter than the last one.
We responded faster than in the drill.
The incident was 40 minutes longer because nobody was paged.
More time was lost because resolution needed an approval.
Fewer people were on call last quarter.
Failed jobs were 30 % more frequent after the deployment.
A shorter timeout made detection of the dead node 20 % faster.
Replication lag was 40 % longer than last week.
Faster hardware cut the recovery time of the database by half.
The mean response time of the web servers doubled in March.
"""
