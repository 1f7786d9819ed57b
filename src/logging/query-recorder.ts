import { Injectable } from '@nestjs/common';
import { AfterQueryEvent, DataSource, EntitySubscriberInterface } from 'typeorm';
import { requestContext } from '../http/request-context';

/** Keeps the last queries of each request, for the mail about its failure. */
@Injectable()
export class QueryRecorder implements EntitySubscriberInterface {
  constructor(dataSource: DataSource) {
    dataSource.subscribers.push(this);
  }

  afterQuery({ query, parameters, executionTime, success }: AfterQueryEvent): void {
    requestContext()?.addQuery({
      sql: query,
      parameters: Array.isArray(parameters) ? parameters : [],
      took: executionTime,
      failed: !success,
    });
  }
}
