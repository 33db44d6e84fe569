"""What every call of the API does alike, and the calls about places: the pages' doors, forms and actions
again, with JSON in and out.
"""
