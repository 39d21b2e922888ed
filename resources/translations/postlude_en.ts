<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>postlude</name>
    <message numerus="yes">
        <source>
… %1 more bytes</source>
        <translation><numerusform>
… %1 more byte</numerusform><numerusform>
… %1 more bytes</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 bytes</source>
        <translation><numerusform>%1 byte</numerusform><numerusform>%1 bytes</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 found so far, %2 of %3 lines looked at</source>
        <translation><numerusform>%1 found so far, %2 of %3 line looked at</numerusform><numerusform>%1 found so far, %2 of %3 lines looked at</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 further lines of theirs</source>
        <translation><numerusform>%1 further line of theirs</numerusform><numerusform>%1 further lines of theirs</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 kinds of messages: %4 fatal, %2 new, %3 more often than else. A click goes to the first line, a double click or Enter shows all of them.</source>
        <translation><numerusform>%1 kind of message: %4 fatal, %2 new, %3 more often than else. A click goes to the first line, a double click or Enter shows all of them.</numerusform><numerusform>%1 kinds of messages: %4 fatal, %2 new, %3 more often than else. A click goes to the first line, a double click or Enter shows all of them.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines</source>
        <translation><numerusform>%1 line</numerusform><numerusform>%1 lines</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines in the incident (%2), %3 in the quiet time (%4)</source>
        <translation><numerusform>%1 line in the incident (%2), %3 in the quiet time (%4)</numerusform><numerusform>%1 lines in the incident (%2), %3 in the quiet time (%4)</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines in the window, %2 outside of it</source>
        <translation><numerusform>%1 line in the window, %2 outside of it</numerusform><numerusform>%1 lines in the window, %2 outside of it</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines in this window pass the filter</source>
        <translation><numerusform>%1 line in this window passes the filter</numerusform><numerusform>%1 lines in this window pass the filter</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines lie far outside (%2)</source>
        <translation><numerusform>%1 line lies far outside (%2)</numerusform><numerusform>%1 lines lie far outside (%2)</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines pass the filter</source>
        <translation><numerusform>%1 line passes the filter</numerusform><numerusform>%1 lines pass the filter</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 lines unread …</source>
        <translation><numerusform>%1 line unread …</numerusform><numerusform>%1 lines unread …</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 cases</source>
        <translation><numerusform>%1 of %2 case</numerusform><numerusform>%1 of %2 cases</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 cases; %3 could not be read</source>
        <translation><numerusform>%1 of %2 case; %3 could not be read</numerusform><numerusform>%1 of %2 cases; %3 could not be read</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 records</source>
        <translation><numerusform>%1 record</numerusform><numerusform>%1 records</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 records in the sample</source>
        <translation><numerusform>%1 record in the sample</numerusform><numerusform>%1 records in the sample</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 requests</source>
        <translation><numerusform>%1 request</numerusform><numerusform>%1 requests</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 rows, in %2</source>
        <translation><numerusform>%1 row, in %2</numerusform><numerusform>%1 rows, in %2</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 unread</source>
        <translation><numerusform>%1 unread</numerusform><numerusform>%1 unread</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1, %2 times</source>
        <translation><numerusform>%1, %2 time</numerusform><numerusform>%1, %2 times</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1, for %2: %3 requests, %4 failed, %5 slow</source>
        <translation><numerusform>%1, for %2: %3 request, %4 failed, %5 slow</numerusform><numerusform>%1, for %2: %3 requests, %4 failed, %5 slow</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n agree with the logs</source>
        <translation><numerusform>%n agrees with the logs</numerusform><numerusform>%n agree with the logs</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n evidence</source>
        <translation><numerusform>%n evidence</numerusform><numerusform>%n evidence</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files not whole</source>
        <translation><numerusform>%n file not whole</numerusform><numerusform>%n files not whole</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n files, oldest first</source>
        <translation><numerusform>%n file</numerusform><numerusform>%n files, oldest first</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n formats</source>
        <translation><numerusform>%n format</numerusform><numerusform>%n formats</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n known</source>
        <translation><numerusform>%n known</numerusform><numerusform>%n known</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n more entries follow in what is exported</source>
        <translation><numerusform>%n more entry follows in what is exported</numerusform><numerusform>%n more entries follow in what is exported</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n seconds a second</source>
        <translation><numerusform>%n second a second</numerusform><numerusform>%n seconds a second</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n sources</source>
        <translation><numerusform>%n source</numerusform><numerusform>%n sources</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n to mend</source>
        <translation><numerusform>%n to mend</numerusform><numerusform>%n to mend</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>As measured: %1, from %2 matched requests</source>
        <translation><numerusform>As measured: %1, from %2 matched request</numerusform><numerusform>As measured: %1, from %2 matched requests</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>As written, %n rows high</source>
        <translation><numerusform>As written, %n row high</numerusform><numerusform>As written, %n rows high</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Backends · %n</source>
        <translation><numerusform>Backends · %n</numerusform><numerusform>Backends · %n</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Exported to %1. %n numbers and times in it do not hold; see Checks</source>
        <translation><numerusform>Exported to %1. One number or time in it does not hold; see Checks</numerusform><numerusform>Exported to %1. %n numbers and times in it do not hold; see Checks</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Play, %n seconds a second</source>
        <translation><numerusform>Play, %n second a second</numerusform><numerusform>Play, %n seconds a second</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Searching: %1 found, %2 of %3 lines looked at</source>
        <translation><numerusform>Searching: %1 found, %2 of %3 line looked at</numerusform><numerusform>Searching: %1 found, %2 of %3 lines looked at</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %1 of %2 lines; the first %3 of %4 found in them are marked</source>
        <translation><numerusform>Stopped after %1 of %2 line; the first %3 of %4 found in it are marked</numerusform><numerusform>Stopped after %1 of %2 lines; the first %3 of %4 found in them are marked</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The first %1 rows, in %2</source>
        <translation><numerusform>The first %1 row, in %2</numerusform><numerusform>The first %1 rows, in %2</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The search was stopped after %1 of %2 lines; these are the first of %3 found in them.</source>
        <translation><numerusform>The search was stopped after %1 of %2 line; these are the first of %3 found in it.</numerusform><numerusform>The search was stopped after %1 of %2 lines; these are the first of %3 found in them.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>after: %1 requests, share %2, %3 failed</source>
        <translation><numerusform>after: %1 request, share %2, %3 failed</numerusform><numerusform>after: %1 requests, share %2, %3 failed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation><numerusform>and %n more</numerusform><numerusform>and %n more</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>before: %1 requests, share %2, %3 failed</source>
        <translation><numerusform>before: %1 request, share %2, %3 failed</numerusform><numerusform>before: %1 requests, share %2, %3 failed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>during: %1 requests, share %2, %3 failed</source>
        <translation><numerusform>during: %1 request, share %2, %3 failed</numerusform><numerusform>during: %1 requests, share %2, %3 failed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>no format fits its %1 lines</source>
        <translation><numerusform>no format fits its %1 line</numerusform><numerusform>no format fits its %1 lines</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>this host's clock is off by %1 ± %2 (%3 matched requests); times are corrected</source>
        <translation><numerusform>this host's clock is off by %1 ± %2 (%3 matched request); times are corrected</numerusform><numerusform>this host's clock is off by %1 ± %2 (%3 matched requests); times are corrected</numerusform></translation>
    </message>
</context>
</TS>
