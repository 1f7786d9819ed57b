export * from '../../packages/unit-of-work/test/database';
