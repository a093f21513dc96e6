"""Being told by e-mail: saved searches, the ledger of what each has found, who follows them, and the letters.

Hearing (`hearing`) writes the ledger, composing (`composing`) makes a letter of what a follower has not been told, posting
(`posting`) hands it to a mail server. A letter holds no words until the moment it is sent: what is withheld or removed while it
waits never leaves.
"""
