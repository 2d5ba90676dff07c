"""Many documents checked: `derivtex corpus`. One JSON line a document, resumable; on this machine's processors or on a Dask cluster.

tasks      the documents that are asked for, and which of them are done
work       one document to its record, in whatever process
store      what is known of sections, kept on disk
pools      where the work is done, a few documents at a time, whatever dies [concurrent.futures, dask]
summary    a page on what the records say
"""
