"""Queries of the public: how often somebody tried to prove that they are a party of a parcel.

Holds: for today alone, how many tries and wrong proofs fell into each of a fixed number of slots, and the salt that says which; hours
whose wrong proofs are not told yet.
Promises: a try counts before its proof is compared, so that many at once are no more tries; a closed slot is closed for every process;
rows are bounded however many ask; an hour's wrong proofs are one sentence of the evidence.
Never: keeps a waybill number, an address, or what somebody typed; outlives its day.
"""
